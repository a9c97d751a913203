import { isHiddenLink } from "../../block-kit/hidden-link.ts";
import { optionsOf, type Picked } from "../../block-kit/picked.ts";
import type { Element } from "../../block-kit/shapes/element.ts";
import { element } from "../basics/element.ts";
import { type Entry, popover } from "../basics/popover.ts";
import { confirmed } from "./confirm.ts";
import { withEmoji } from "./emoji.ts";
import { type Names, textNodes } from "./text.ts";

/** What controls need to know of the workspace around them. */
export type Surroundings = {
  names: Names;
  people: readonly { id: string; name: string; detail: string }[];
  channels: readonly { id: string; name: string }[];
};

export type Holding = { picked: Picked; pick: (picked: Picked) => void; around: Surroundings };

type Of<T extends Element["type"]> = Extract<Element, { type: T }>;

function button(control: Of<"button">, { pick, around }: Holding): HTMLElement | null {
  if (control.url && isHiddenLink(control.url)) return null;
  const press = async () => {
    if (!(await confirmed(control.confirm, around.names))) return;
    if (control.url) window.open(control.url, "_blank", "noopener");
    pick(null);
  };
  return element(
    "button",
    {
      class: `button ${control.style ?? ""}`,
      type: "button",
      "aria-label": control.accessibility_label,
      click: () => void press(),
    },
    ...withEmoji(control.text.text),
    control.url ? element("span", { class: "outward", "aria-hidden": "true" }, "↗") : null,
  );
}

function overflow(control: Of<"overflow">, { pick, around }: Holding): HTMLElement {
  const choose = async (value: string, url: string | undefined) => {
    if (!(await confirmed(control.confirm, around.names))) return;
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
      "aria-label": "More actions",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
    },
    "⋯",
  );
  node.addEventListener("click", () => popover(node, "More actions", { entries, searchable: false }));
  return node;
}

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
function select(control: Element, { picked, pick, around }: Holding): HTMLElement {
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

function choiceList(
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

function input(control: Of<"plain_text_input">, { picked, pick }: Holding): HTMLElement {
  const node = element(control.multiline ? "textarea" : "input", {
    class: "input",
    placeholder: control.placeholder?.text,
    maxlength: control.max_length === undefined ? undefined : String(control.max_length),
    rows: control.multiline ? "4" : undefined,
    autofocus: control.focus_on_load,
    input: () => pick(node.value),
  });
  node.value = typeof picked === "string" ? picked : "";
  return node;
}

/** A control as it looks and acts in Slack; nothing for a button that Slack hides. */
export function controlNode(control: Element, holding: Holding): HTMLElement | null {
  switch (control.type) {
    case "button":
      return button(control, holding);
    case "overflow":
      return overflow(control, holding);
    case "plain_text_input":
      return input(control, holding);
    case "radio_buttons":
    case "checkboxes":
      return choiceList(control, holding);
    default:
      return select(control, holding);
  }
}
