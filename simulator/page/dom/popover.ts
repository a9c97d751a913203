import { element } from "./element.ts";
import { focusOn } from "./focus.ts";
import { type Entry, entryNodes, type Kind } from "./popover-entries.ts";

export type PopoverOptions = {
  label: string;
  kind: Kind;
  entries: Entry[];
  searchable?: boolean;
  /** Loads entries for a search text. A string instead of entries says why there are none. */
  search?: (typed: string) => Promise<Entry[] | string>;
  /** Keeps the popover open after a choice. `entries` returns the entries to redraw; `closed` is called at the end. */
  multiple?: { entries: () => Entry[]; closed: () => void };
};

let open: { box: HTMLElement; anchor: HTMLElement; shown: PopoverOptions } | undefined;

function close(): void {
  if (!open) return;
  const { box, anchor, shown } = open;
  open = undefined;
  box.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (anchor.isConnected) anchor.focus({ preventScroll: true });
  else focusOn(anchor.dataset.key ?? "");
  shown.multiple?.closed();
}

function moveTo(box: HTMLElement, anchor: HTMLElement): void {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const below = at.bottom + 4 + height < innerHeight;
  box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  box.style.top = `${Math.max(8, below ? at.bottom + 4 : at.top - height - 4)}px`;
}

const choices = (box: HTMLElement) => [
  ...box.querySelectorAll<HTMLElement>("[data-choice]:not([hidden]):not([aria-disabled])"),
];

/** Arrow keys move, Enter chooses, Escape closes; other keys go to the search box. */
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

function searchBox(list: HTMLElement, { search, label, kind }: PopoverOptions): HTMLInputElement {
  let requests = 0;
  const filter = async (typed: string) => {
    if (!search) {
      for (const one of list.querySelectorAll<HTMLElement>("[data-choice]"))
        one.hidden = !one.textContent?.toLowerCase().includes(typed.toLowerCase());
      return;
    }
    requests += 1;
    const current = requests;
    list.setAttribute("aria-busy", "true");
    const found = await search(typed);
    // Ignores an answer that was overtaken by a later request.
    if (current !== requests) return;
    list.removeAttribute("aria-busy");
    list.replaceChildren(...entryNodes(found, { kind, chosen }));
  };
  const box = element("input", {
    class: "popover-search",
    type: "search",
    placeholder: search ? "Type to search" : "Search",
    "aria-label": `Search ${label}`,
    input: () => void filter(box.value),
  });
  return box;
}

function chosen(entry: Entry): void {
  const multiple = open?.shown.multiple;
  if (!open || !multiple) {
    close();
    entry.choose();
    return;
  }
  entry.choose();
  const { box, shown } = open;
  const at = choices(box).findIndex((one) => one.matches(":focus"));
  box
    .querySelector(".popover")
    ?.replaceChildren(...entryNodes(multiple.entries(), { kind: shown.kind, chosen }));
  choices(box)[Math.max(at, 0)]?.focus({ preventScroll: true });
}

/** Opens a menu or list below a button, or closes it if it is open. `searchable` adds a search box. */
export function popover(anchor: HTMLElement, shown: PopoverOptions): void {
  const wasOpen = open?.anchor === anchor;
  close();
  if (wasOpen) return;
  const { label, kind, entries, search, multiple } = shown;
  const list = element(
    "div",
    {
      class: "popover",
      role: kind,
      "aria-label": label,
      "aria-multiselectable": multiple ? "true" : undefined,
    },
    ...entryNodes(search && entries.length === 0 ? "Keep typing" : entries, { kind, chosen }),
  );
  const searchInput = shown.searchable || search ? searchBox(list, shown) : null;
  const box = element(
    "div",
    { class: "popover-box", role: "region", "aria-label": label },
    searchInput,
    list,
  );
  box.addEventListener("keydown", (event) => onKey(event, box));
  // A dialog covers everything outside of it, so its popover must be inside. Panes can't contain it: they are redrawn.
  (anchor.closest("dialog") ?? document.body).append(box);
  open = { box, anchor, shown };
  anchor.setAttribute("aria-expanded", "true");
  moveTo(box, anchor);
  const first = searchInput ?? choices(box).find((one) => one.ariaSelected === "true") ?? choices(box)[0];
  first?.focus({ preventScroll: true });
}

document.addEventListener("pointerdown", ({ target }) => {
  if (open && target instanceof Node && !open.box.contains(target) && !open.anchor.contains(target)) close();
});
