import { ask } from "../ask.ts";
import { reportErrors } from "../banners.ts";
import { element } from "../dom/element.ts";
import { icon } from "../dom/icon.ts";
import { popover } from "../dom/popover.ts";
import type { PageState } from "../page-state.ts";
import { suggestBox } from "./suggest-box.ts";
import { candidatesIn } from "./suggestions.ts";

type Target = { channel: string; name: string; thread?: string };

type Composer = { form: HTMLFormElement; state: PageState };
const composers = new Map<string, Composer>();

function mentionButton(box: HTMLTextAreaElement): HTMLElement {
  const write = () => {
    const startsWord = box.selectionStart === 0 || /\s$/.test(box.value.slice(0, box.selectionStart));
    box.setRangeText(startsWord ? "@" : " @", box.selectionStart, box.selectionEnd, "end");
    box.focus();
    box.dispatchEvent(new Event("input"));
  };
  return element("button", { type: "button", "aria-label": "Mention someone", click: write }, icon("at"));
}

function build({ channel, name, thread }: Target, getState: () => PageState): HTMLFormElement {
  const label = thread ? "Reply…" : `Message ${name}`;
  const box = element("textarea", { rows: "1", placeholder: label, "aria-label": label });
  const suggest = suggestBox(box, () => candidatesIn(getState().overview), thread !== undefined);
  const send = () => {
    const text = box.value.trim();
    box.value = "";
    suggest.close();
    if (text) reportErrors(ask("say", { as: getState().route.as, channel, text, thread }));
  };
  const onKey = (event: KeyboardEvent) => {
    const isSending = event.key === "Enter" && !event.shiftKey;
    if (suggest.handleKey(event.key)) event.preventDefault();
    else if (isSending) {
      event.preventDefault();
      send();
    }
  };
  box.addEventListener("keydown", onKey);
  box.addEventListener("input", suggest.refresh);
  box.addEventListener("blur", suggest.close);
  const submit = (event: Event) => {
    event.preventDefault();
    send();
  };
  return element(
    "form",
    { class: "composer", submit },
    suggest.node,
    box,
    element(
      "div",
      { class: "composer-tools" },
      thread ? null : shortcutsButton(getState),
      mentionButton(box),
      element(
        "button",
        { class: "send", type: "submit", "aria-label": "Send", title: "Send (Enter)" },
        icon("send"),
      ),
    ),
  );
}

/** The composer of a conversation or thread. It is reused, so that drafts survive switching conversations. */
export function composer(state: PageState, target: Target): HTMLFormElement {
  const key = JSON.stringify([state.route.team, state.route.as, target]);
  const before = composers.get(key);
  if (before) {
    before.state = state;
    return before.form;
  }
  const added: Composer = { state, form: build(target, () => added.state) };
  composers.set(key, added);
  return added.form;
}

/** The menu of the apps' global shortcuts. */
function shortcutsButton(getState: () => PageState): HTMLElement {
  const open = () => {
    const { route, overview } = getState();
    const entries = overview.apps.flatMap(({ name, shortcuts }) =>
      shortcuts
        .filter(({ type }) => type === "global")
        .map(({ name: label, description, callbackId }) => ({
          label,
          detail: description,
          group: name,
          choose: () => reportErrors(ask("useGlobalShortcut", { as: route.as, callbackId })),
        })),
    );
    popover(node, { label: "Shortcuts", kind: "menu", entries, searchable: entries.length > 5 });
  };
  const node: HTMLElement = element(
    "button",
    {
      type: "button",
      "aria-label": "Shortcuts",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      title: "App shortcuts",
      click: open,
    },
    icon("bolt"),
  );
  return node;
}
