import type { MessageView } from "../../control/message-view.ts";
import { ask } from "../ask.ts";
import { blockNodes, type Surface } from "../blocks/blocks.ts";
import { controlStatus, trackUse } from "../blocks/control-status.ts";
import { element } from "../dom/element.ts";
import { avatar, icon } from "../dom/icon.ts";
import type { PageState } from "../page-state.ts";
import { navigate } from "../route.ts";
import { mrkdwnNodes } from "../text/text.ts";
import { clockTime } from "../text/time.ts";
import { attachmentNodes } from "./attachments.ts";
import { editBox, isEditing, startEditing } from "./edit-box.ts";
import { messageTools } from "./message-menu.ts";
import { reactionNodes } from "./reactions.ts";

/** Whether a message is in a thread, or follows another by the same author and needs no byline. */
export type MessagePosition = { inThread?: boolean; follows?: boolean };

type DrawnMessage = { fingerprint: string; node: HTMLElement };

// Reuses the node of an unchanged message, which keeps focus, open lists and scroll position.
const drawn = new Map<string, DrawnMessage>();

function surface({ route, workspace }: PageState, message: MessageView, key: string): Surface {
  const { channel, ts, shown } = message;
  const { as } = route;
  return {
    workspace,
    key,
    errors: {},
    status: controlStatus,
    currentValue: ({ blockId, actionId }) => shown[blockId]?.[actionId] ?? null,
    onAction(at, picked, phase) {
      // Typing in a message only counts once it is finished.
      if (phase === "typed") return;
      trackUse(
        `${key}/${at.blockId}/${at.actionId}`,
        ask("use", { as, channel, ts, use: { ...at, picked } }),
      );
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
    { class: "replies", "data-key": `replies/${ts}`, click: () => navigate({ thread: ts }) },
    element("b", {}, replies === 1 ? "1 reply" : `${replies} replies`),
    lastReplyTs ? element("small", {}, ` Last reply ${clockTime(lastReplyTs)}`) : null,
  );
}

function body(state: PageState, message: MessageView, key: string): Node[] {
  if (isEditing(message) && !message.subtype) return [editBox(state, message)];
  const edited =
    message.isEdited && message.subtype !== "tombstone"
      ? element("small", { class: "edited" }, " (edited)")
      : null;
  const on = surface(state, message, key);
  const attached = attachmentNodes(message.attachments, on);
  if (message.blocks.length > 0)
    return [...blockNodes(message.blocks, on), ...(edited ? [edited] : []), ...attached];
  if (message.text === "" && attached.length > 0) return attached;
  return [
    element("div", { class: "text" }, ...mrkdwnNodes(message.text, state.workspace), edited),
    ...attached,
  ];
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

/** Subtypes of messages by people and apps; those of other subtypes are Slack's own notices. */
const authoredSubtypes = new Set(["bot_message", "file_share", "thread_broadcast"]);

const isNotice = ({ subtype }: MessageView) => subtype !== undefined && !authoredSubtypes.has(subtype);

/** Keys on a focused message, as in Slack: T opens its thread, R the list of emoji, and E edits one's own. */
function onKey(state: PageState, message: MessageView, event: Event): void {
  if (!(event instanceof KeyboardEvent) || !(event.currentTarget instanceof HTMLElement)) return;
  if (event.target !== event.currentTarget) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.toLowerCase();
  const isMine = message.author.id === state.workspace.me && !message.subtype;
  if ((key === "t" || key === "enter") && !message.visibleTo)
    navigate({ thread: message.threadTs ?? message.ts });
  else if (key === "e" && isMine) startEditing(message.ts);
  else if (key === "r") event.currentTarget.querySelector<HTMLElement>(".tools .react")?.click();
  else return;
  event.preventDefault();
}

function build(
  state: PageState,
  message: MessageView,
  { inThread = false, follows = false }: MessagePosition,
): HTMLElement {
  const isTombstone = message.subtype === "tombstone";
  const key = `${inThread ? "reply" : "message"}/${message.ts}`;
  const kinds = [
    "message",
    message.visibleTo && "private",
    message.pinnedBy && "pinned",
    isNotice(message) && "quiet",
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
      keydown: (event) => onKey(state, message, event),
    },
    message.visibleTo ? element("p", { class: "only-you" }, icon("eye"), " Only visible to you") : null,
    message.pinnedBy
      ? element("p", { class: "only-you" }, icon("pin"), ` Pinned by ${message.pinnedBy}`)
      : null,
    gutter(message, follows),
    element(
      "div",
      { class: "message-body" },
      follows || isTombstone ? null : byline(message),
      ...body(state, message, key),
      ...message.files.map(fileLink),
      reactionNodes(state, message, key),
      inThread ? null : threadLink(message),
    ),
    isTombstone ? null : messageTools(state, message, inThread),
  );
}

/** The page's own state of a message, besides that of the simulator. */
const localState = (message: MessageView, inThread: boolean) => {
  const key = `${inThread ? "reply" : "message"}/${message.ts}`;
  const statuses = Object.entries(message.shown).flatMap(([blockId, controls]) =>
    Object.keys(controls).map((actionId) => controlStatus(`${key}/${blockId}/${actionId}`)),
  );
  return [isEditing(message), statuses];
};

/** Draws a message as this person sees it. Returns the same node while nothing changes. */
export function messageNode(
  state: PageState,
  message: MessageView,
  position: MessagePosition = {},
): HTMLElement {
  const inThread = position.inThread ?? false;
  const key = `${state.route.as}/${message.channel}/${message.ts}/${inThread}`;
  const fingerprint = JSON.stringify([
    message,
    position,
    localState(message, inThread),
    state.channel?.isArchived,
  ]);
  const before = drawn.get(key);
  if (before?.fingerprint === fingerprint) return before.node;
  const node = build(state, message, position);
  if (drawn.size > 2000) drawn.clear();
  drawn.set(key, { fingerprint, node });
  return node;
}
