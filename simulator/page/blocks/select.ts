import type { Element } from "../../block-kit/schema/element.ts";
import { element } from "../dom/element.ts";
import { popover, type Shown } from "../dom/popover.ts";
import type { Entry } from "../dom/popover-entries.ts";
import { type Choice, choicesOf, labelOf, pickedList, remember } from "./choices.ts";
import { confirmed } from "./confirm.ts";
import type { Holding } from "./control-props.ts";

const wordsFor = (control: Element) =>
  "placeholder" in control && control.placeholder ? control.placeholder.text : "Choose an option";

const searchedAlways = new Set<Element["type"]>([
  "users_select",
  "multi_users_select",
  "conversations_select",
  "multi_conversations_select",
]);

type Picking = { control: Element; holding: Holding; choices: Choice[]; words: string };

/** Choosing one closes the list. */
function single({ control, holding, choices, words }: Picking): Shown {
  const { picked, pick, around } = holding;
  const ask = "confirm" in control ? control.confirm : undefined;
  const choose = async (value: string | null) => {
    if (await confirmed(ask, around)) pick(value);
  };
  const entry = ({ value, ...shown }: Choice): Entry => ({
    ...shown,
    isOn: value === picked,
    choose: () => void choose(value),
  });
  const clear: Entry[] =
    picked === null ? [] : [{ label: "Clear selection", choose: () => void choose(null) }];
  return {
    label: words,
    kind: "listbox",
    entries: [...choices.map(entry), ...clear],
    ...finding(control, holding, entry),
  };
}

/** Choosing several leaves the list open; the app is told once, when it closes. */
function several({ control, holding, choices, words }: Picking): Shown {
  const { picked, pick, around } = holding;
  const most = "max_selected_items" in control ? (control.max_selected_items ?? Infinity) : Infinity;
  const ask = "confirm" in control ? control.confirm : undefined;
  const before = pickedList(picked);
  let chosen = before;
  let offered = choices;
  const entry = ({ value, ...shown }: Choice): Entry => ({
    ...shown,
    isOn: chosen.includes(value),
    choose() {
      if (chosen.includes(value)) chosen = chosen.filter((other) => other !== value);
      else if (chosen.length < most) chosen = [...chosen, value];
    },
  });
  const keep = (found: Choice[]) => {
    offered = found;
  };
  const closed = async () => {
    const isSame = chosen.length === before.length && chosen.every((value) => before.includes(value));
    if (!isSame && (await confirmed(ask, around))) pick(chosen);
  };
  return {
    label: words,
    kind: "listbox",
    entries: choices.map(entry),
    several: { entries: () => offered.map(entry), closed: () => void closed() },
    ...finding(control, holding, entry, keep),
  };
}

/** Lists that only the app knows are asked for as one types. */
function finding(
  control: Element,
  { suggest }: Holding,
  entry: (choice: Choice) => Entry,
  keep: (found: Choice[]) => void = () => undefined,
): Pick<Shown, "find"> {
  if (control.type !== "external_select" && control.type !== "multi_external_select") return {};
  return {
    async find(typed) {
      const { groups, says } = await suggest(typed);
      const found = groups.flatMap(({ label, options }) =>
        options.map(({ value, text }) => ({ value, label: text.text, group: label })),
      );
      remember(found);
      keep(found);
      return says ?? found.map(entry);
    },
  };
}

const token = (text: string) => element("span", { class: "token" }, text);

/** A select of any kind: a button that shows what is chosen and opens the list. */
export function select(control: Element, holding: Holding): HTMLElement {
  const { picked, around, key } = holding;
  const choices = choicesOf(control, around);
  const words = wordsFor(control);
  const isMulti = control.type.startsWith("multi_");
  const labels = pickedList(picked).map((value) => labelOf(value, choices, around));
  const picking: Picking = { control, holding, choices, words };
  const node: HTMLElement = element(
    "button",
    {
      class: `button select ${labels.length === 0 ? "empty" : ""}`,
      type: "button",
      "data-key": key,
      "aria-label": `${words}: ${labels.join(" ") || "nothing chosen"}`,
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      click: () =>
        popover(node, {
          searchable: choices.length > 5 || searchedAlways.has(control.type),
          ...(isMulti ? several(picking) : single(picking)),
        }),
    },
    isMulti && labels.length > 0
      ? element("span", { class: "tokens" }, ...labels.flatMap((text) => [token(text), " "]))
      : element("span", {}, labels[0] ?? words),
    element("span", { class: "chevron", "aria-hidden": "true" }),
  );
  return node;
}
