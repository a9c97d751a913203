import type { MessageView } from "../../control/message-view.ts";
import { ask } from "../ask.ts";
import { blockNodes, type Surface } from "../blocks/blocks.ts";
import { troubleOf, using } from "../blocks/control-status.ts";
import { element } from "../dom/element.ts";
import { avatar, icon } from "../dom/icon.ts";
import { go } from "../place.ts";
import type { Scene } from "../scene.ts";
import { mrkdwnNodes } from "../text/text.ts";
import { clockTime } from "../text/time.ts";
import { attachmentNodes } from "./attachments.ts";
import { editBox, isEditing, startEditing } from "./edit-box.ts";
import { messageTools } from "./message-menu.ts";

/** Where a message stands: in its thread, or below another by the same author, which needs no byline. */
export type Standing = { inThread?: boolean; follows?: boolean };

type Drawn = { of: string; node: HTMLElement };

// A message that looks as before keeps its nodes, and with them focus, open lists and scroll.
const drawn = new Map<string, Drawn>();

function surface({ place, around }: Scene, message: MessageView, key: string): Surface {
  const { channel, ts, shown } = message;
  const { as } = place;
  return {
    around,
    key,
    errors: {},
    trouble: troubleOf,
    held: ({ blockId, actionId }) => shown[blockId]?.[actionId] ?? null,
    act(at, picked, how) {
      // What one types into a message is told once, when it is done.
      if (how === "typed") return;
      using(`${key}/${at.blockId}/${at.actionId}`, ask("use", { as, channel, ts, use: { ...at, picked } }));
    },
    suggest: (at, value) => ask("suggest", { as, channel, ts, search: { ...at, value } }),
  };
}

const fileLink = ({ name, url }: MessageView["files"][number]) =>
  element(
    "a",
    { class: "file", href: url, target: "_blank", rel: "noreferrer noopener" },
    icon("file"),
    element("span", {}, name),
  );

function threadLink({ replies, ts, lastReplyTs }: MessageView): HTMLElement | null {
  if (replies === 0) return null;
  return element(
    "button",
    { class: "replies", "data-key": `replies/${ts}`, click: () => go({ thread: ts }) },
    element("b", {}, replies === 1 ? "1 reply" : `${replies} replies`),
    lastReplyTs ? element("small", {}, ` Last reply ${clockTime(lastReplyTs)}`) : null,
  );
}

function body(scene: Scene, message: MessageView, key: string): Node[] {
  if (isEditing(message) && !message.subtype) return [editBox(scene, message)];
  const edited =
    message.isEdited && message.subtype !== "tombstone"
      ? element("small", { class: "edited" }, " (edited)")
      : null;
  const on = surface(scene, message, key);
  const attached = attachmentNodes(message.attachments, on);
  if (message.blocks.length > 0)
    return [...blockNodes(message.blocks, on), ...(edited ? [edited] : []), ...attached];
  if (message.text === "" && attached.length > 0) return attached;
  return [element("div", { class: "text" }, ...mrkdwnNodes(message.text, scene.around), edited), ...attached];
}

const time = ({ ts }: MessageView) =>
  element("time", { datetime: new Date(Number(ts) * 1000).toISOString() }, clockTime(ts));

const byline = (message: MessageView) =>
  element(
    "div",
    { class: "byline" },
    element("b", {}, message.author.name),
    message.author.isApp ? element("span", { class: "app-tag" }, "APP") : null,
    time(message),
  );

function gutter(message: MessageView, follows: boolean): Node {
  if (message.subtype === "tombstone")
    return element("span", { class: "avatar gone", "aria-hidden": "true" }, icon("bin"));
  return follows ? element("span", { class: "when" }, time(message)) : avatar(message.author);
}

/** What somebody says; messages of other subtypes are lines of Slack's own. */
const spoken = new Set(["bot_message", "file_share", "thread_broadcast"]);

const isQuiet = ({ subtype }: MessageView) => subtype !== undefined && !spoken.has(subtype);

/** With the focus on a message: T opens its thread, E changes one's own, as in Slack. */
function onKey(scene: Scene, message: MessageView, event: Event): void {
  if (!(event instanceof KeyboardEvent) || event.target !== event.currentTarget) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.toLowerCase();
  const isMine = message.author.id === scene.around.me && !message.subtype;
  if ((key === "t" || key === "enter") && !message.visibleTo) go({ thread: message.threadTs ?? message.ts });
  else if (key === "e" && isMine) startEditing(message.ts);
  else return;
  event.preventDefault();
}

function build(
  scene: Scene,
  message: MessageView,
  { inThread = false, follows = false }: Standing,
): HTMLElement {
  const isTombstone = message.subtype === "tombstone";
  const key = `${inThread ? "reply" : "message"}/${message.ts}`;
  const kinds = [
    "message",
    message.visibleTo && "private",
    isQuiet(message) && "quiet",
    follows && "follows",
    isEditing(message) && "editing",
  ];
  return element(
    "article",
    {
      class: kinds.filter(Boolean).join(" "),
      "data-ts": message.ts,
      "data-key": key,
      tabindex: "-1",
      keydown: (event) => onKey(scene, message, event),
    },
    message.visibleTo ? element("p", { class: "only-you" }, icon("eye"), " Only visible to you") : null,
    gutter(message, follows),
    element(
      "div",
      { class: "message-body" },
      follows || isTombstone ? null : byline(message),
      ...body(scene, message, key),
      ...message.files.map(fileLink),
      inThread ? null : threadLink(message),
    ),
    isTombstone ? null : messageTools(scene, message, inThread),
  );
}

/** What the page itself knows of a message beyond what the simulator says. */
const local = (message: MessageView, inThread: boolean) => {
  const key = `${inThread ? "reply" : "message"}/${message.ts}`;
  const troubles = Object.entries(message.shown).flatMap(([blockId, controls]) =>
    Object.keys(controls).map((actionId) => troubleOf(`${key}/${blockId}/${actionId}`)),
  );
  return [isEditing(message), troubles];
};

/** A message as this person sees it; the same node as long as nothing about it changes. */
export function messageNode(scene: Scene, message: MessageView, standing: Standing = {}): HTMLElement {
  const inThread = standing.inThread ?? false;
  const key = `${scene.place.as}/${message.channel}/${message.ts}/${inThread}`;
  const of = JSON.stringify([message, standing, local(message, inThread), scene.channel?.isArchived]);
  const before = drawn.get(key);
  if (before?.of === of) return before.node;
  const node = build(scene, message, standing);
  if (drawn.size > 2000) drawn.clear();
  drawn.set(key, { of, node });
  return node;
}
