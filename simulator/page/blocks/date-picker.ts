import { element } from "../dom/element.ts";
import { confirmed } from "./confirm.ts";
import type { Holding, Of } from "./control-props.ts";

type Moment = Of<"datepicker"> | Of<"timepicker"> | Of<"datetimepicker">;

const kinds = {
  datepicker: { type: "date", words: "Select a date" },
  timepicker: { type: "time", words: "Select a time" },
  datetimepicker: { type: "datetime-local", words: "Select a date and time" },
} as const;

const twoDigits = (part: number) => String(part).padStart(2, "0");

/** Slack counts seconds, the browser writes the hour on the wall: `2026-11-27T14:05`. */
function wallTime(seconds: string): string {
  const at = new Date(Number(seconds) * 1000);
  const day = [at.getFullYear(), at.getMonth() + 1, at.getDate()].map(twoDigits).join("-");
  return `${day}T${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`;
}

/** A day, an hour or both, as the browser lets one choose them. */
export function moment(control: Moment, { picked, pick, around, key }: Holding): HTMLElement {
  const { type, words } = kinds[control.type];
  const isBoth = control.type === "datetimepicker";
  const before = typeof picked === "string" ? picked : "";
  const standing = isBoth && before ? wallTime(before) : before;
  let isTyping = false;
  const choose = async () => {
    const { value } = node;
    if (value === standing) return;
    if (!(await confirmed(control.confirm, around))) node.value = standing;
    else if (value === "") pick(null, "entered");
    else pick(isBoth ? String(new Date(value).getTime() / 1000) : value, "entered");
  };
  const label = "placeholder" in control && control.placeholder ? control.placeholder.text : words;
  const node = element("input", {
    class: "input moment",
    type,
    "aria-label": label,
    title: label,
    autofocus: control.focus_on_load,
    "data-key": key,
    // While one types, each part of a date changes it: then only what is left behind counts.
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
  node.value = standing;
  return node;
}
