import { element } from "../dom/element.ts";
import { askConfirm } from "./confirm.ts";
import type { ControlProps, ElementOf } from "./control-props.ts";

type PickerElement = ElementOf<"datepicker"> | ElementOf<"timepicker"> | ElementOf<"datetimepicker">;

const kinds = {
  datepicker: { type: "date", label: "Select a date" },
  timepicker: { type: "time", label: "Select a time" },
  datetimepicker: { type: "datetime-local", label: "Select a date and time" },
} as const;

const twoDigits = (part: number) => String(part).padStart(2, "0");

/** Converts Slack's seconds since 1970 to the browser's local format `2026-11-27T14:05`. */
function localTime(seconds: string): string {
  const at = new Date(Number(seconds) * 1000);
  const day = [at.getFullYear(), at.getMonth() + 1, at.getDate()].map(twoDigits).join("-");
  return `${day}T${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`;
}

/** Draws a date, time or datetime picker with the browser's own input. */
export function dateTimeInput(
  control: PickerElement,
  { picked, pick, workspace, key }: ControlProps,
): HTMLElement {
  const { type, label: defaultLabel } = kinds[control.type];
  const isBoth = control.type === "datetimepicker";
  const before = typeof picked === "string" ? picked : "";
  const current = isBoth && before ? localTime(before) : before;
  let isTyping = false;
  const choose = async () => {
    const { value } = node;
    if (value === current) return;
    if (!(await askConfirm(control.confirm, workspace))) node.value = current;
    else if (value === "") pick(null, "entered");
    else pick(isBoth ? String(new Date(value).getTime() / 1000) : value, "entered");
  };
  const label = "placeholder" in control && control.placeholder ? control.placeholder.text : defaultLabel;
  const node = element("input", {
    class: "input moment",
    type,
    "aria-label": label,
    title: label,
    autofocus: control.focus_on_load,
    "data-key": key,
    // Typing changes the value with every part of the date, so it is only used on blur or Enter.
    change: () => !isTyping && void choose(),
    pointerdown: () => {
      isTyping = false;
    },
    blur: () => void choose(),
    keydown: (event) => {
      isTyping = !(event instanceof KeyboardEvent && event.key === "Enter");
      if (!isTyping) void choose();
    },
  });
  node.value = current;
  return node;
}
