import { element } from "../dom/element.ts";
import { textNodes } from "../text/text.ts";
import { pickedList } from "./choices.ts";
import { confirmed } from "./confirm.ts";
import type { Holding, Of } from "./control-props.ts";

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
