import { element } from "./element.ts";

export type Entry = { label: string; detail?: string; isOn?: boolean; choose: () => void };

let open: HTMLElement | undefined;

function close(anchor: HTMLElement): void {
  open?.remove();
  open = undefined;
  anchor.setAttribute("aria-expanded", "false");
}

function place(list: HTMLElement, anchor: HTMLElement): void {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = list;
  const below = at.bottom + 4 + height < innerHeight;
  list.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  list.style.top = `${Math.max(8, below ? at.bottom + 4 : at.top - height - 4)}px`;
}

/** Moves with the arrows, chooses with Enter, leaves with Escape. */
function onKey(event: Event, list: HTMLElement, anchor: HTMLElement): void {
  if (!(event instanceof KeyboardEvent)) return;
  const entries = [...list.querySelectorAll<HTMLElement>("[role=option]:not([hidden])")];
  const index = entries.findIndex((entry) => entry.matches(":focus"));
  if (event.key === "Escape" || event.key === "Tab") {
    close(anchor);
    anchor.focus();
  } else if (event.key === "ArrowDown") entries[(index + 1) % entries.length]?.focus();
  else if (event.key === "ArrowUp") entries.at(index - 1)?.focus();
  else if (event.key === "Enter") entries.at(Math.max(index, 0))?.click();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function searchBox(list: HTMLElement): HTMLInputElement {
  return element("input", {
    class: "popover-search",
    type: "search",
    placeholder: "Search",
    "aria-label": "Search",
    input: (event) => {
      const wanted = event.target instanceof HTMLInputElement ? event.target.value.toLowerCase() : "";
      for (const entry of list.querySelectorAll<HTMLElement>("[role=option]"))
        entry.hidden = !entry.textContent?.toLowerCase().includes(wanted);
    },
  });
}

/** Opens a list beneath a button; with `searchable` one can type to narrow it. */
export function popover(
  anchor: HTMLElement,
  label: string,
  { entries, searchable }: { entries: Entry[]; searchable: boolean },
): void {
  const wasOpen = anchor.getAttribute("aria-expanded") === "true";
  close(anchor);
  if (wasOpen) return;
  const list = element("div", { class: "popover", role: "listbox", "aria-label": label });
  list.append(
    ...entries.map((entry) =>
      element(
        "div",
        {
          role: "option",
          tabindex: "-1",
          "aria-selected": String(entry.isOn ?? false),
          click: () => {
            close(anchor);
            anchor.focus();
            entry.choose();
          },
        },
        element("span", {}, entry.label),
        entry.detail ? element("small", {}, entry.detail) : null,
      ),
    ),
  );
  const box = element("div", { class: "popover-box" }, searchable ? searchBox(list) : null, list);
  box.addEventListener("keydown", (event) => onKey(event, list, anchor));
  // Inside a dialog the list must stand in it, or it would lie beneath.
  (anchor.closest("dialog") ?? document.body).append(box);
  open = box;
  anchor.setAttribute("aria-expanded", "true");
  place(box, anchor);
  const first = box.querySelector<HTMLElement>("input, [aria-selected=true], [role=option]");
  first?.focus({ preventScroll: true });
}

document.addEventListener("pointerdown", (event) => {
  const anchor = document.querySelector<HTMLElement>('[aria-expanded="true"]');
  const inside =
    event.target instanceof Node && (open?.contains(event.target) || anchor?.contains(event.target));
  if (open && anchor && !inside) close(anchor);
});
