import { element } from "./element.ts";

type How = { kind: Kind; chosen: (entry: Entry) => void };

function entryNode(entry: Entry, { kind, chosen }: How): HTMLElement {
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
    element("span", {}, label),
    detail ? element("small", {}, detail) : null,
  );
}

/** Entries as nodes, those of one group under their heading; words where there are none. */
export function entryNodes(found: readonly Entry[] | string, how: How): HTMLElement[] {
  if (typeof found === "string" || found.length === 0) {
    const says = typeof found === "string" ? found : "Nothing to choose";
    const role = how.kind === "menu" ? "menuitem" : "option";
    return [element("div", { class: "none", role, "aria-disabled": "true" }, says)];
  }
  const groups = Map.groupBy(found, ({ group = "" }) => group);
  return [...groups].flatMap(([group, entries]) => {
    const nodes = entries.map((entry) => entryNode(entry, how));
    if (!group) return nodes;
    const heading = element("div", { class: "popover-group", role: "presentation" }, group);
    return [element("div", { role: "group", "aria-label": group }, heading, ...nodes)];
  });
}

/** A menu does something, a list picks something. */
export type Kind = "menu" | "listbox";

/** One line of a menu or a list. */
export type Entry = {
  label: string;
  detail?: string | undefined;
  /** The heading that it stands under. */
  group?: string | undefined;
  isOn?: boolean;
  isDanger?: boolean;
  choose: () => void;
};
