import { composer } from "../composer/composer.ts";
import { element, reconcile } from "../dom/element.ts";
import { arrowKeys, focusOn } from "../dom/focus.ts";
import { messageNode } from "../message/message.ts";
import type { PageState } from "../page-state.ts";
import { navigate } from "../route.ts";
import { stayAtEnd } from "./message-list.ts";

const list = element("div", { class: "messages", tabindex: "0", role: "log", "aria-label": "Replies" });
arrowKeys(list, ".message");
const end = stayAtEnd(list);

let shown = "";

const close = element(
  "button",
  {
    class: "close",
    "aria-label": "Close thread",
    title: "Close (Escape)",
    click: () => navigate({ thread: "" }),
  },
  "×",
);

const channelName = element("small", {});
const head = element("header", { class: "bar" }, element("h2", {}, "Thread"), channelName, close);

/** Draws the open thread, if any. When it closes, its message gets the focus back. */
export function drawThread(parent: HTMLElement, state: PageState): void {
  const { thread, channel } = state;
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
  const label = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
  const count = element("div", { class: "day count" }, element("span", {}, label));
  reconcile(list, [
    messageNode(state, first, { inThread: true }),
    ...(replies.length > 0 ? [count] : []),
    ...replies.map((reply) => messageNode(state, reply, { inThread: true })),
  ]);
  channelName.textContent = channel.kind === "im" ? (channel.appName ?? "") : `#${channel.name}`;
  const foot = channel.isArchived
    ? []
    : [composer(state, { channel: channel.id, name: channel.name, thread: first.ts })];
  reconcile(parent, [head, list, ...foot]);
  end.drawn({ fromStart: isOther });
  if (isOther) parent.querySelector("textarea")?.focus();
}
