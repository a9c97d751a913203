import { element, reconcile } from "../basics/element.ts";
import { go } from "../basics/place.ts";
import type { Scene } from "../basics/scene.ts";
import { composer } from "./composer.ts";
import { messageNode } from "./message.ts";

const list = element("div", { class: "messages", tabindex: "0", role: "log", "aria-label": "Replies" });

const close = element(
  "button",
  { class: "close", "aria-label": "Close thread", click: () => go({ thread: "" }) },
  "×",
);

const head = element("header", { class: "bar" }, element("h2", {}, "Thread"), close);

/** The open thread beside its channel, if one is open. */
export function drawThread(parent: HTMLElement, scene: Scene): void {
  const { thread, place, channel } = scene;
  const [first, ...replies] = thread;
  parent.hidden = !first || !channel;
  if (!first || !channel) return;
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  const count = element(
    "div",
    { class: "day" },
    element("span", {}, replies.length === 1 ? "1 reply" : `${replies.length} replies`),
  );
  reconcile(list, [
    messageNode(scene, first, true),
    count,
    ...replies.map((reply) => messageNode(scene, reply, true)),
  ]);
  const foot = composer({ as: place.as, channel: channel.id, name: channel.name, thread: first.ts });
  reconcile(parent, [head, list, foot]);
  if (atEnd) list.scrollTop = list.scrollHeight;
}
