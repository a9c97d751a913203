import { ask } from "../ask.ts";
import { failing } from "../banners.ts";
import { element } from "../dom/element.ts";
import { icon } from "../dom/icon.ts";
import { popover } from "../dom/popover.ts";
import type { Scene } from "../scene.ts";
import { suggestBox } from "./suggest-box.ts";
import { knownIn } from "./suggestions.ts";

type Target = { channel: string; name: string; thread?: string };

type Composer = { form: HTMLFormElement; scene: Scene };
const kept = new Map<string, Composer>();

function signButton(box: HTMLTextAreaElement): HTMLElement {
  const write = () => {
    const isApart = box.selectionStart === 0 || /\s$/.test(box.value.slice(0, box.selectionStart));
    box.setRangeText(isApart ? "@" : " @", box.selectionStart, box.selectionEnd, "end");
    box.focus();
    box.dispatchEvent(new Event("input"));
  };
  return element("button", { type: "button", "aria-label": "Mention somebody", click: write }, icon("at"));
}

function build({ channel, name, thread }: Target, now: () => Scene): HTMLFormElement {
  const words = thread ? "Reply…" : `Message ${name}`;
  const box = element("textarea", { rows: "1", placeholder: words, "aria-label": words });
  const suggest = suggestBox(box, () => knownIn(now().overview), thread !== undefined);
  const send = () => {
    const text = box.value.trim();
    box.value = "";
    suggest.close();
    if (text) failing(ask("say", { as: now().place.as, channel, text, thread }));
  };
  const onKey = (event: KeyboardEvent) => {
    const isSending = event.key === "Enter" && !event.shiftKey;
    if (suggest.takes(event.key)) event.preventDefault();
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
      thread ? null : shortcutsButton(now),
      signButton(box),
      element(
        "button",
        { class: "send", type: "submit", "aria-label": "Send", title: "Send (Enter)" },
        icon("send"),
      ),
    ),
  );
}

/** Where one writes. What was begun in a conversation is there when one comes back. */
export function composer(scene: Scene, target: Target): HTMLFormElement {
  const key = JSON.stringify([scene.place.team, scene.place.as, target]);
  const before = kept.get(key);
  if (before) {
    before.scene = scene;
    return before.form;
  }
  const made: Composer = { scene, form: build(target, () => made.scene) };
  kept.set(key, made);
  return made.form;
}

/** The menu of what apps offer anywhere: their global shortcuts. */
function shortcutsButton(now: () => Scene): HTMLElement {
  const open = () => {
    const { place, overview } = now();
    const entries = overview.apps.flatMap(({ name, shortcuts }) =>
      shortcuts
        .filter(({ type }) => type === "global")
        .map(({ name: label, description, callbackId }) => ({
          label,
          detail: description,
          group: name,
          choose: () => failing(ask("useGlobalShortcut", { as: place.as, callbackId })),
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
      title: "Shortcuts of apps",
      click: open,
    },
    icon("bolt"),
  );
  return node;
}
