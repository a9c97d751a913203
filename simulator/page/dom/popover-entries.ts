import { withEmoji } from "../text/emoji.ts";
import { element } from "./element.ts";

type EntryOptions = { kind: Kind; chosen: (entry: Entry) => void };

function entryNode(entry: Entry, { kind, chosen }: EntryOptions): HTMLElement {
  const { label, detail, isOn = false, isDanger } = entry;
  return element(
    "div",
    {
      class: isDanger ? "danger" : undefined,
      role: kind === "menu" ? "menuitem" : "option",
      "data-choice": true,
      tabindex: "-1",
      "aria-selected": kind === "menu" ? undefined : String(isOn),
      click: () => chosen(entry),
    },
    element("span", {}, ...withEmoji(label)),
    detail ? element("small", {}, detail) : null,
  );
}

/** Draws entries, grouped under headings; a string is shown instead of entries. */
export function entryNodes(found: readonly Entry[] | string, options: EntryOptions): HTMLElement[] {
  if (typeof found === "string" || found.length === 0) {
    const text = typeof found === "string" ? found : "No options";
    const role = options.kind === "menu" ? "menuitem" : "option";
    return [element("div", { class: "none", role, "aria-disabled": "true" }, text)];
  }
  const groups = Map.groupBy(found, ({ group = "" }) => group);
  return [...groups].flatMap(([group, entries]) => {
    const nodes = entries.map((entry) => entryNode(entry, options));
    if (!group) return nodes;
    const heading = element("div", { class: "popover-group", role: "presentation" }, group);
    return [element("div", { role: "group", "aria-label": group }, heading, ...nodes)];
  });
}

/** A menu triggers actions; a listbox picks values. */
export type Kind = "menu" | "listbox";

/** An entry of a menu or list. */
export type Entry = {
  label: string;
  detail?: string | undefined;
  /** The heading of its group. */
  group?: string | undefined;
  isOn?: boolean;
  isDanger?: boolean;
  choose: () => void;
};
