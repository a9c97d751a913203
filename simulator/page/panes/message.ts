import type { MessageView } from "../../control/message-view.ts";
import { ask } from "../basics/ask.ts";
import { avatar } from "../basics/avatar.ts";
import { element } from "../basics/element.ts";
import { icon } from "../basics/icon.ts";
import { go } from "../basics/place.ts";
import type { Scene } from "../basics/scene.ts";
import { clockTime } from "../basics/time.ts";
import { blockNodes, type Surface } from "../blocks/blocks.ts";
import { mrkdwnNodes } from "../text/text.ts";
import { failing } from "./banners.ts";

type Drawn = { of: string; node: HTMLElement };

// A message that looks as before keeps its nodes, and with them focus, open lists and scroll.
const drawn = new Map<string, Drawn>();

function surface({ place, around }: Scene, message: MessageView): Surface {
  const { channel, ts, shown } = message;
  return {
    around,
    errors: {},
    held: ({ blockId, actionId }) => shown[blockId]?.[actionId] ?? null,
    act: (at, picked) => failing(ask("use", { as: place.as, channel, ts, use: { ...at, picked } })),
  };
}

function threadLink(message: MessageView): HTMLElement | null {
  if (message.replies === 0) return null;
  return element(
    "button",
    { class: "replies", click: () => go({ thread: message.ts }) },
    element("b", {}, message.replies === 1 ? "1 reply" : `${message.replies} replies`),
    message.lastReplyTs ? element("small", {}, ` Last reply ${clockTime(message.lastReplyTs)}`) : null,
  );
}

function body(scene: Scene, message: MessageView): Node[] {
  if (message.blocks.length > 0) return blockNodes(message.blocks, surface(scene, message));
  return [element("div", { class: "text" }, ...mrkdwnNodes(message.text, scene.around.names))];
}

const time = (message: MessageView) =>
  element("time", { datetime: new Date(Number(message.ts) * 1000).toISOString() }, clockTime(message.ts));

/** What somebody says; messages of other subtypes are lines of Slack's own. */
const spoken = new Set(["bot_message", "file_share", "thread_broadcast"]);

function build(scene: Scene, message: MessageView, inThread: boolean): HTMLElement {
  const isTombstone = message.subtype === "tombstone";
  const isQuiet = message.subtype !== undefined && !spoken.has(message.subtype);
  const reply =
    inThread || message.visibleTo
      ? null
      : element(
          "button",
          {
            class: "reply",
            "aria-label": "Reply in thread",
            title: "Reply in thread",
            click: () => go({ thread: message.ts }),
          },
          icon("thread"),
        );
  return element(
    "article",
    {
      class: `message ${message.visibleTo ? "private" : ""} ${isQuiet ? "quiet" : ""}`,
      "data-ts": message.ts,
    },
    message.visibleTo ? element("p", { class: "only-you" }, icon("eye"), " Only visible to you") : null,
    avatar(isTombstone ? { name: "", isApp: false } : message.author),
    element(
      "div",
      { class: "message-body" },
      element(
        "div",
        { class: "byline" },
        element("b", {}, message.author.name),
        message.author.isApp ? element("span", { class: "app-tag" }, "APP") : null,
        time(message),
      ),
      ...body(scene, message),
      message.isEdited && !isTombstone ? element("small", { class: "edited" }, "(edited)") : null,
      inThread ? null : threadLink(message),
    ),
    reply,
  );
}

/** A message as this person sees it; the same node as long as nothing about it changes. */
export function messageNode(scene: Scene, message: MessageView, inThread = false): HTMLElement {
  const key = `${scene.place.as}/${message.channel}/${message.ts}/${inThread}`;
  const of = JSON.stringify(message);
  const before = drawn.get(key);
  if (before?.of === of) return before.node;
  const node = build(scene, message, inThread);
  if (drawn.size > 2000) drawn.clear();
  drawn.set(key, { of, node });
  return node;
}
