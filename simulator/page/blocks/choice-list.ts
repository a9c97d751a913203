import { element } from "../basics/element.ts";
import { textNodes } from "../text/text.ts";
import type { Holding, Of } from "./holding.ts";

/** Radio buttons or checkboxes. */
export function choiceList(
  control: Of<"radio_buttons"> | Of<"checkboxes">,
  { picked, pick, around }: Holding,
): HTMLElement {
  const one = control.type === "radio_buttons";
  const chosen = Array.isArray(picked) ? picked : [picked];
  const name = crypto.randomUUID();
  const rows = control.options.map(({ value, text }) => {
    const input = element("input", {
      type: one ? "radio" : "checkbox",
      name,
      value,
      checked: chosen.includes(value),
    });
    return element(
      "label",
      { class: "choice" },
      input,
      element("span", {}, ...textNodes(text, around.names)),
    );
  });
  const group = element("div", { class: "choices", role: "group" }, ...rows);
  group.addEventListener("change", () => {
    const on = [...group.querySelectorAll<HTMLInputElement>("input:checked")].map((input) => input.value);
    pick(one ? (on[0] ?? null) : on);
  });
  return group;
}
