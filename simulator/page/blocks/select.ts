import type { Element } from "../../block-kit/schema/element.ts";
import { element } from "../dom/element.ts";
import { type PopoverOptions, popover } from "../dom/popover.ts";
import type { Entry } from "../dom/popover-entries.ts";
import { type Choice, choicesOf, labelOf, pickedList, remember } from "./choices.ts";
import { askConfirm } from "./confirm.ts";
import type { ControlProps } from "./control-props.ts";

const placeholderOf = (control: Element) =>
  "placeholder" in control && control.placeholder ? control.placeholder.text : "Choose an option";

const alwaysSearchable = new Set<Element["type"]>([
  "users_select",
  "multi_users_select",
  "conversations_select",
  "multi_conversations_select",
]);

type SelectContext = { control: Element; props: ControlProps; choices: Choice[]; placeholder: string };

/** A list that closes after one choice. */
function singleSelect({ control, props, choices, placeholder }: SelectContext): PopoverOptions {
  const { picked, pick, workspace } = props;
  const confirmation = "confirm" in control ? control.confirm : undefined;
  const choose = async (value: string | null) => {
    if (await askConfirm(confirmation, workspace)) pick(value);
  };
  const entry = ({ value, ...shown }: Choice): Entry => ({
    ...shown,
    isOn: value === picked,
    choose: () => void choose(value),
  });
  const clear: Entry[] =
    picked === null ? [] : [{ label: "Clear selection", choose: () => void choose(null) }];
  return {
    label: placeholder,
    kind: "listbox",
    entries: [...choices.map(entry), ...clear],
    ...searchOptions(control, props, entry),
  };
}

/** A list for several choices that stays open; the app gets them once, when it closes. */
function multiSelect({ control, props, choices, placeholder }: SelectContext): PopoverOptions {
  const { picked, pick, workspace } = props;
  const maxItems = "max_selected_items" in control ? (control.max_selected_items ?? Infinity) : Infinity;
  const confirmation = "confirm" in control ? control.confirm : undefined;
  const before = pickedList(picked);
  let chosen = before;
  let offered = choices;
  const entry = ({ value, ...shown }: Choice): Entry => ({
    ...shown,
    isOn: chosen.includes(value),
    choose() {
      if (chosen.includes(value)) chosen = chosen.filter((other) => other !== value);
      else if (chosen.length < maxItems) chosen = [...chosen, value];
    },
  });
  const onFound = (found: Choice[]) => {
    offered = found;
  };
  const closed = async () => {
    const isSame = chosen.length === before.length && chosen.every((value) => before.includes(value));
    if (!isSame && (await askConfirm(confirmation, workspace))) pick(chosen);
  };
  return {
    label: placeholder,
    kind: "listbox",
    entries: choices.map(entry),
    multiple: { entries: () => offered.map(entry), closed: () => void closed() },
    ...searchOptions(control, props, entry, onFound),
  };
}

/** For external selects, a search that requests options from the app. */
function searchOptions(
  control: Element,
  { suggest }: ControlProps,
  entry: (choice: Choice) => Entry,
  onFound: (found: Choice[]) => void = () => undefined,
): Pick<PopoverOptions, "search"> {
  if (control.type !== "external_select" && control.type !== "multi_external_select") return {};
  return {
    async search(typed) {
      const { groups, message } = await suggest(typed);
      const found = groups.flatMap(({ label, options }) =>
        options.map(({ value, text }) => ({ value, label: text.text, group: label })),
      );
      remember(found);
      onFound(found);
      return message ?? found.map(entry);
    },
  };
}

const token = (text: string) => element("span", { class: "token" }, text);

/** Draws a select: a button that shows the value and opens the list. */
export function select(control: Element, props: ControlProps): HTMLElement {
  const { picked, workspace, key } = props;
  const choices = choicesOf(control, workspace);
  const placeholder = placeholderOf(control);
  const isMulti = control.type.startsWith("multi_");
  const labels = pickedList(picked).map((value) => labelOf(value, choices, workspace));
  const selectContext: SelectContext = { control, props, choices, placeholder };
  const node: HTMLElement = element(
    "button",
    {
      class: `button select ${labels.length === 0 ? "empty" : ""}`,
      type: "button",
      "data-key": key,
      "aria-label": `${placeholder}: ${labels.join(" ") || "nothing selected"}`,
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      click: () =>
        popover(node, {
          searchable: choices.length > 5 || alwaysSearchable.has(control.type),
          ...(isMulti ? multiSelect(selectContext) : singleSelect(selectContext)),
        }),
    },
    isMulti && labels.length > 0
      ? element("span", { class: "tokens" }, ...labels.flatMap((text) => [token(text), " "]))
      : element("span", {}, labels[0] ?? placeholder),
    element("span", { class: "chevron", "aria-hidden": "true" }),
  );
  return node;
}
