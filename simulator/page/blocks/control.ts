import { isHiddenLink } from "../../block-kit/controls.ts";
import type { Element } from "../../block-kit/schema/element.ts";
import { element } from "../dom/element.ts";
import { popover } from "../dom/popover.ts";
import { withEmoji } from "../text/emoji.ts";
import { choiceList } from "./choices.ts";
import { askConfirm } from "./confirm.ts";
import type { ControlProps, ElementOf } from "./control-props.ts";
import { dateTimeInput } from "./date-picker.ts";
import { select } from "./select.ts";

function button(control: ElementOf<"button">, { pick, workspace, key }: ControlProps): HTMLElement | null {
  if (control.url && isHiddenLink(control.url)) return null;
  const press = async () => {
    if (!(await askConfirm(control.confirm, workspace))) return;
    if (control.url) window.open(control.url, "_blank", "noopener");
    pick(null);
  };
  return element(
    "button",
    {
      class: `button ${control.style ?? ""}`,
      type: "button",
      "data-key": key,
      "aria-label": control.accessibility_label,
      click: () => void press(),
    },
    ...withEmoji(control.text.text),
    control.url ? element("span", { class: "outward", "aria-hidden": "true" }, "↗") : null,
  );
}

function overflow(control: ElementOf<"overflow">, { pick, workspace, key }: ControlProps): HTMLElement {
  const choose = async (value: string, url: string | undefined) => {
    if (!(await askConfirm(control.confirm, workspace))) return;
    if (url) window.open(url, "_blank", "noopener");
    pick(value);
  };
  const entries = control.options.map(({ text, value, url }) => ({
    label: text.text,
    choose: () => void choose(value, url),
  }));
  const node = element(
    "button",
    {
      class: "button more",
      type: "button",
      "data-key": key,
      "aria-label": "More actions",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
    },
    "⋯",
  );
  node.addEventListener("click", () => popover(node, { label: "More actions", kind: "menu", entries }));
  return node;
}

type Typed =
  | ElementOf<"plain_text_input">
  | ElementOf<"email_text_input">
  | ElementOf<"url_text_input">
  | ElementOf<"number_input">
  | ElementOf<"rich_text_input">;

const keyboards = { email_text_input: "email", url_text_input: "url", number_input: "decimal" } as const;

function input(control: Typed, { picked, pick, key }: ControlProps): HTMLElement {
  const isPlain = control.type === "plain_text_input";
  const isLong = isPlain ? control.multiline === true : control.type === "rich_text_input";
  const maxLength = isPlain ? control.max_length?.toString() : undefined;
  const node = element(isLong ? "textarea" : "input", {
    class: "input",
    placeholder: control.placeholder?.text,
    maxlength: maxLength,
    rows: isLong ? "4" : undefined,
    inputmode: control.type in keyboards ? Object(keyboards)[control.type] : undefined,
    autofocus: control.focus_on_load,
    "data-key": key,
    input: () => pick(node.value, "typed"),
    change: () => pick(node.value, "entered"),
  });
  node.value = typeof picked === "string" ? picked : "";
  return node;
}

/** Draws a control; null for a button that Slack hides. */
export function controlNode(control: Element, props: ControlProps): HTMLElement | null {
  switch (control.type) {
    case "button":
      return button(control, props);
    case "overflow":
      return overflow(control, props);
    case "datepicker":
    case "timepicker":
    case "datetimepicker":
      return dateTimeInput(control, props);
    case "plain_text_input":
    case "email_text_input":
    case "url_text_input":
    case "number_input":
    case "rich_text_input":
      return input(control, props);
    case "radio_buttons":
    case "checkboxes":
      return choiceList(control, props);
    default:
      return select(control, props);
  }
}
