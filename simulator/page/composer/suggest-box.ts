import { element } from "../dom/element.ts";
import { type Candidates, type Suggestion, suggestions, usage } from "./suggestions.ts";

export type SuggestBox = {
  node: HTMLElement;
  /** Handles a key of the composer. Returns whether it used it. */
  handleKey: (key: string) => boolean;
  refresh: () => void;
  close: () => void;
};

let count = 0;

/** The list of suggestions above a composer for the word that is being typed. The focus stays in the text box. */
export function suggestBox(
  box: HTMLTextAreaElement,
  candidates: () => Candidates,
  inThread: boolean,
): SuggestBox {
  count += 1;
  const id = `suggest-${count}`;
  const list = element("div", { id, role: "listbox", "aria-label": "Suggestions" });
  const hint = element("div", { class: "usage", role: "status" });
  const node = element("div", { class: "suggest" }, list, hint);
  let from = 0;
  let found: Suggestion[] = [];
  let active = 0;

  const insert = ({ inserts }: Suggestion) => {
    const rest = box.value.slice(box.selectionStart);
    box.value = box.value.slice(0, from) + inserts + rest.replace(/^ /, "");
    box.setSelectionRange(from + inserts.length, from + inserts.length);
    box.focus();
    refresh();
  };
  const draw = () => {
    node.hidden = found.length === 0 && !hint.textContent;
    list.hidden = found.length === 0;
    box.toggleAttribute("aria-activedescendant", false);
    if (found.length > 0) box.setAttribute("aria-activedescendant", `${id}-${active}`);
    list.replaceChildren(
      ...found.map((one, index) =>
        element(
          "div",
          {
            id: `${id}-${index}`,
            role: "option",
            "aria-selected": String(index === active),
            pointerdown: (event) => {
              event.preventDefault();
              insert(one);
            },
          },
          element("span", {}, one.label),
          one.detail ? element("small", {}, one.detail) : null,
        ),
      ),
    );
  };
  const refresh = () => {
    const before = box.value.slice(0, box.selectionStart);
    ({ from, list: found } = suggestions(before, candidates(), inThread));
    active = 0;
    hint.textContent = found.length > 0 || inThread ? "" : (usage(box.value, candidates()) ?? "");
    draw();
  };
  const close = () => {
    found = [];
    hint.textContent = "";
    draw();
  };
  box.setAttribute("aria-controls", id);
  box.setAttribute("aria-autocomplete", "list");
  close();
  return { node, refresh, close, handleKey };

  function handleKey(key: string): boolean {
    const chosen = found[active];
    if (!chosen) return false;
    if (key === "ArrowDown" || key === "ArrowUp") {
      active = (active + (key === "ArrowDown" ? 1 : found.length - 1)) % found.length;
      draw();
    } else if (key === "Enter" || key === "Tab") insert(chosen);
    else if (key === "Escape") close();
    else return false;
    return true;
  }
}
