import { element } from "./element.ts";
import { focusOn } from "./focus.ts";
import { type Entry, entryNodes, type Kind } from "./popover-entries.ts";

export type Shown = {
  label: string;
  kind: Kind;
  entries: Entry[];
  searchable?: boolean;
  /** For lists whose entries come from elsewhere as one types. Words instead of entries say why there are none. */
  find?: (typed: string) => Promise<Entry[] | string>;
  /** Stays open as one chooses, and says so when it closes. Entries are drawn anew from what this gives back. */
  several?: { entries: () => Entry[]; closed: () => void };
};

let open: { box: HTMLElement; anchor: HTMLElement; shown: Shown } | undefined;

function close(): void {
  if (!open) return;
  const { box, anchor, shown } = open;
  open = undefined;
  box.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (anchor.isConnected) anchor.focus({ preventScroll: true });
  else focusOn(anchor.dataset.key ?? "");
  shown.several?.closed();
}

function place(box: HTMLElement, anchor: HTMLElement): void {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const below = at.bottom + 4 + height < innerHeight;
  box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  box.style.top = `${Math.max(8, below ? at.bottom + 4 : at.top - height - 4)}px`;
}

const choices = (box: HTMLElement) => [
  ...box.querySelectorAll<HTMLElement>("[data-choice]:not([hidden]):not([aria-disabled])"),
];

/** Moves with the arrows, chooses with Enter, leaves with Escape; what one types goes to the search. */
function onKey(event: KeyboardEvent, box: HTMLElement): void {
  const all = choices(box);
  const index = all.findIndex((one) => one.matches(":focus"));
  const search = box.querySelector("input");
  const isTyped = event.key.length === 1 && !event.ctrlKey && !event.metaKey;
  if (event.key === "Escape" || event.key === "Tab") close();
  else if (event.key === "ArrowDown") all[(index + 1) % all.length]?.focus();
  else if (event.key === "ArrowUp") all.at(index <= 0 ? -1 : index - 1)?.focus();
  else if (event.key === "Home") all[0]?.focus();
  else if (event.key === "End") all.at(-1)?.focus();
  else if (event.key === "Enter" || (event.key === " " && index >= 0)) all[Math.max(index, 0)]?.click();
  else {
    if (isTyped && search) search.focus();
    event.stopPropagation();
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

function searchBox(list: HTMLElement, { find, label, kind }: Shown): HTMLInputElement {
  let asked = 0;
  const narrow = async (typed: string) => {
    if (!find) {
      for (const one of list.querySelectorAll<HTMLElement>("[data-choice]"))
        one.hidden = !one.textContent?.toLowerCase().includes(typed.toLowerCase());
      return;
    }
    asked += 1;
    const mine = asked;
    list.setAttribute("aria-busy", "true");
    const found = await find(typed);
    // What was typed later is answered later, whatever comes first.
    if (mine !== asked) return;
    list.removeAttribute("aria-busy");
    list.replaceChildren(...entryNodes(found, { kind, chosen }));
  };
  const box = element("input", {
    class: "popover-search",
    type: "search",
    placeholder: find ? "Type to search" : "Search",
    "aria-label": `Search ${label}`,
    input: () => void narrow(box.value),
  });
  return box;
}

function chosen(entry: Entry): void {
  const several = open?.shown.several;
  if (!open || !several) {
    close();
    entry.choose();
    return;
  }
  entry.choose();
  const { box, shown } = open;
  const at = choices(box).findIndex((one) => one.matches(":focus"));
  box
    .querySelector(".popover")
    ?.replaceChildren(...entryNodes(several.entries(), { kind: shown.kind, chosen }));
  choices(box)[Math.max(at, 0)]?.focus({ preventScroll: true });
}

/** Opens a menu or a list beneath a button, or closes it; `searchable` lets one type to narrow it. */
export function popover(anchor: HTMLElement, shown: Shown): void {
  const wasOpen = open?.anchor === anchor;
  close();
  if (wasOpen) return;
  const { label, kind, entries, find, several } = shown;
  const list = element(
    "div",
    {
      class: "popover",
      role: kind,
      "aria-label": label,
      "aria-multiselectable": several ? "true" : undefined,
    },
    ...entryNodes(find && entries.length === 0 ? "Keep typing" : entries, { kind, chosen }),
  );
  const search = shown.searchable || find ? searchBox(list, shown) : null;
  const box = element("div", { class: "popover-box", role: "region", "aria-label": label }, search, list);
  box.addEventListener("keydown", (event) => onKey(event, box));
  // Inside a dialog the list must stand in it, or it would lie beneath. Panes are drawn anew, so none of them holds it.
  (anchor.closest("dialog") ?? document.body).append(box);
  open = { box, anchor, shown };
  anchor.setAttribute("aria-expanded", "true");
  place(box, anchor);
  const first = search ?? choices(box).find((one) => one.ariaSelected === "true") ?? choices(box)[0];
  first?.focus({ preventScroll: true });
}

document.addEventListener("pointerdown", ({ target }) => {
  if (open && target instanceof Node && !open.box.contains(target) && !open.anchor.contains(target)) close();
});
