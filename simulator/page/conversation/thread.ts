import { composer } from "../composer/composer.ts";
import { element, reconcile } from "../dom/element.ts";
import { arrowKeys, focusOn } from "../dom/focus.ts";
import { messageNode } from "../message/message.ts";
import { go } from "../place.ts";
import type { Scene } from "../scene.ts";
import { stayAtEnd } from "./message-list.ts";

const list = element("div", { class: "messages", tabindex: "0", role: "log", "aria-label": "Replies" });
arrowKeys(list, ".message");
const end = stayAtEnd(list);

let shown = "";

const close = element(
  "button",
  { class: "close", "aria-label": "Close thread", title: "Close (Escape)", click: () => go({ thread: "" }) },
  "×",
);

const where = element("small", {});
const head = element("header", { class: "bar" }, element("h2", {}, "Thread"), where, close);

/** The open thread beside its channel, if one is open. Where it closes, the focus goes back to its message. */
export function drawThread(parent: HTMLElement, scene: Scene): void {
  const { thread, channel } = scene;
  const [first, ...replies] = thread;
  const hadFocus = parent.contains(document.activeElement);
  parent.hidden = !first || !channel;
  if (!first || !channel) {
    if (hadFocus) focusOn(`message/${shown}`);
    shown = "";
    return;
  }
  const isOther = shown !== first.ts;
  shown = first.ts;
  const says = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
  const count = element("div", { class: "day count" }, element("span", {}, says));
  reconcile(list, [
    messageNode(scene, first, { inThread: true }),
    ...(replies.length > 0 ? [count] : []),
    ...replies.map((reply) => messageNode(scene, reply, { inThread: true })),
  ]);
  where.textContent = channel.kind === "im" ? (channel.appName ?? "") : `#${channel.name}`;
  const foot = channel.isArchived
    ? []
    : [composer(scene, { channel: channel.id, name: channel.name, thread: first.ts })];
  reconcile(parent, [head, list, ...foot]);
  end.drawn({ fromStart: isOther });
  if (isOther) parent.querySelector("textarea")?.focus();
}
