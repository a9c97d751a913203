import { optionsOf } from "../../block-kit/picked.ts";
import type { Element } from "../../block-kit/shapes/element.ts";
import { element } from "../basics/element.ts";
import { type Entry, popover } from "../basics/popover.ts";
import { confirmed } from "./confirm.ts";
import type { Holding, Surroundings } from "./holding.ts";

type Choice = { value: string; label: string; detail?: string };

function choicesOf(control: Element, { people, channels }: Surroundings): Choice[] {
  switch (control.type) {
    case "users_select":
    case "multi_users_select":
      return people.map(({ id, name, detail }) => ({ value: id, label: name, detail }));
    case "conversations_select":
    case "channels_select":
      return channels.map(({ id, name }) => ({ value: id, label: `#${name}` }));
    default:
      return optionsOf(control).map(({ value, text }) => ({ value, label: text.text }));
  }
}

const wordsFor = (control: Element) =>
  "placeholder" in control && control.placeholder ? control.placeholder.text : "Choose an option";

/** A select of any kind: a button that shows what is chosen and opens the list. */
export function select(control: Element, { picked, pick, around }: Holding): HTMLElement {
  const choices = choicesOf(control, around);
  const several = control.type.startsWith("multi_");
  const chosen = Array.isArray(picked) ? picked : picked === null ? [] : [picked];
  const labels = chosen.map(
    (value) => choices.find((c) => c.value === value)?.label ?? around.names(String(value)),
  );
  const words = wordsFor(control);
  const ask = "confirm" in control ? control.confirm : undefined;
  const choose = async (value: string) => {
    if (!(await confirmed(ask, around.names))) return;
    if (several)
      pick(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
    else pick(value);
  };
  const entries: Entry[] = choices.map(({ value, label, detail }) => ({
    label,
    detail,
    isOn: chosen.includes(value),
    choose: () => void choose(value),
  }));
  if (chosen.length > 0 && !several) entries.push({ label: "Clear selection", choose: () => pick(null) });
  const node = element(
    "button",
    {
      class: `button select ${chosen.length === 0 ? "empty" : ""}`,
      type: "button",
      "aria-label": `${words}: ${labels.join(", ") || "nothing chosen"}`,
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
    },
    element("span", {}, labels.join(", ") || words),
    element("span", { class: "chevron", "aria-hidden": "true" }),
  );
  node.addEventListener("click", () =>
    popover(node, words, { entries, searchable: choices.length > 5 || control.type === "users_select" }),
  );
  return node;
}
