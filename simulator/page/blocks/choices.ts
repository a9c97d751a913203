import type { Picked } from "../../block-kit/controls.ts";
import type { Element } from "../../block-kit/schema/element.ts";
import { element } from "../dom/element.ts";
import { textNodes } from "../text/text.ts";
import { confirmed } from "./confirm.ts";
import type { Holding, Of, Surroundings } from "./control-props.ts";

export type Choice = { value: string; label: string; detail?: string; group?: string };

type Option = { value: string; text: { text: string }; description?: { text: string } | undefined };

const ofOption = ({ value, text, description }: Option, group = ""): Choice => ({
  value,
  label: text.text,
  group,
  ...(description && { detail: description.text }),
});

// What an app offered to a search is not in the message, so the words for a value are kept as they come.
const offered = new Map<string, string>();

/** Keeps the words of what an app offered to a search. */
export function remember(found: readonly Choice[]): void {
  for (const { value, label } of found) offered.set(value, label);
}

/** All that a select lets one choose from, as far as the page knows it. */
export function choicesOf(control: Element, { people, channels }: Surroundings): Choice[] {
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
        ...(control.options ?? []).map((option) => ofOption(option)),
        ...(control.option_groups ?? []).flatMap(({ label, options }) =>
          options.map((option) => ofOption(option, label.text)),
        ),
      ];
    case "external_select":
      return control.initial_option ? [ofOption(control.initial_option)] : [];
    case "multi_external_select":
      return (control.initial_options ?? []).map((option) => ofOption(option));
    default:
      return [];
  }
}

/** What is picked, as a list. */
export const pickedList = (picked: Picked): string[] => {
  if (picked === null) return [];
  return typeof picked === "string" ? [picked] : [...picked];
};

/** The words for what is picked. */
export const labelOf = (value: string, choices: readonly Choice[], { names }: Surroundings): string =>
  choices.find((choice) => choice.value === value)?.label ?? offered.get(value) ?? names(value);

/** Radio buttons or checkboxes. */
export function choiceList(
  control: Of<"radio_buttons"> | Of<"checkboxes">,
  { picked, pick, around, key }: Holding,
): HTMLElement {
  const one = control.type === "radio_buttons";
  const chosen = pickedList(picked);
  const rows = control.options.map(({ value, text, description }) => {
    const input = element("input", {
      type: one ? "radio" : "checkbox",
      name: key,
      value,
      "data-key": `${key}/${value}`,
      checked: chosen.includes(value),
    });
    const more = description
      ? element("small", { class: "choice-more" }, ...textNodes(description, around))
      : null;
    const words = element("span", {}, ...textNodes(text, around), more);
    return element("label", { class: "choice" }, input, words);
  });
  const group = element("div", { class: "choices", role: one ? "radiogroup" : "group" }, ...rows);
  const boxes = () => [...group.querySelectorAll<HTMLInputElement>("input")];
  const change = async () => {
    const on = boxes()
      .filter(({ checked }) => checked)
      .map(({ value }) => value);
    if (await confirmed(control.confirm, around)) return pick(one ? (on[0] ?? null) : on);
    for (const box of boxes()) box.checked = chosen.includes(box.value);
  };
  group.addEventListener("change", () => void change());
  return group;
}
