import type { ControlValue } from "../../block-kit/controls.ts";
import type { Element } from "../../block-kit/schema/element.ts";
import { element } from "../dom/element.ts";
import { textNodes } from "../text/text.ts";
import { askConfirm } from "./confirm.ts";
import type { ControlProps, ElementOf, WorkspaceInfo } from "./control-props.ts";

export type Choice = { value: string; label: string; detail?: string; group?: string };

type Option = { value: string; text: { text: string }; description?: { text: string } | undefined };

const toChoice = ({ value, text, description }: Option, group = ""): Choice => ({
  value,
  label: text.text,
  group,
  ...(description && { detail: description.text }),
});

// The options of a search are not part of the message, so their labels are remembered here.
const searchedLabels = new Map<string, string>();

/** Remembers the labels of the options that a search found. */
export function remember(found: readonly Choice[]): void {
  for (const { value, label } of found) searchedLabels.set(value, label);
}

/** The choices of a select, as far as the page knows them. */
export function choicesOf(control: Element, { people, channels }: WorkspaceInfo): Choice[] {
  switch (control.type) {
    case "users_select":
    case "multi_users_select":
      return people.map(({ id, name, detail }) => ({ value: id, label: name, detail }));
    case "conversations_select":
    case "multi_conversations_select":
      return [
        ...channels.map(({ id, name }) => ({ value: id, label: `#${name}`, group: "Channels" })),
        ...people.map(({ id, name }) => ({ value: id, label: name, group: "People" })),
      ];
    case "channels_select":
    case "multi_channels_select":
      return channels
        .filter(({ isPrivate }) => !isPrivate)
        .map(({ id, name }) => ({ value: id, label: `#${name}` }));
    case "static_select":
    case "multi_static_select":
      return [
        ...(control.options ?? []).map((option) => toChoice(option)),
        ...(control.option_groups ?? []).flatMap(({ label, options }) =>
          options.map((option) => toChoice(option, label.text)),
        ),
      ];
    case "external_select":
      return control.initial_option ? [toChoice(control.initial_option)] : [];
    case "multi_external_select":
      return (control.initial_options ?? []).map((option) => toChoice(option));
    default:
      return [];
  }
}

/** The value of a control as a list. */
export const pickedList = (picked: ControlValue): string[] => {
  if (picked === null) return [];
  return typeof picked === "string" ? [picked] : [...picked];
};

/** The label for a value. */
export const labelOf = (value: string, choices: readonly Choice[], { names }: WorkspaceInfo): string =>
  choices.find((choice) => choice.value === value)?.label ?? searchedLabels.get(value) ?? names(value);

/** Draws radio buttons or checkboxes. */
export function choiceList(
  control: ElementOf<"radio_buttons"> | ElementOf<"checkboxes">,
  { picked, pick, workspace, key }: ControlProps,
): HTMLElement {
  const isRadio = control.type === "radio_buttons";
  const chosen = pickedList(picked);
  const rows = control.options.map(({ value, text, description }) => {
    const input = element("input", {
      type: isRadio ? "radio" : "checkbox",
      name: key,
      value,
      "data-key": `${key}/${value}`,
      checked: chosen.includes(value),
    });
    const more = description
      ? element("small", { class: "choice-more" }, ...textNodes(description, workspace))
      : null;
    const label = element("span", {}, ...textNodes(text, workspace), more);
    return element("label", { class: "choice" }, input, label);
  });
  const group = element("div", { class: "choices", role: isRadio ? "radiogroup" : "group" }, ...rows);
  const boxes = () => [...group.querySelectorAll<HTMLInputElement>("input")];
  const change = async () => {
    const on = boxes()
      .filter(({ checked }) => checked)
      .map(({ value }) => value);
    if (await askConfirm(control.confirm, workspace)) return pick(isRadio ? (on[0] ?? null) : on);
    for (const box of boxes()) box.checked = chosen.includes(box.value);
  };
  group.addEventListener("change", () => void change());
  return group;
}
