import { createHash } from "node:crypto";
import { decodeEntities } from "../../block-kit/mrkdwn.ts";
import type { Block } from "../../block-kit/schema/block.ts";
import type { Channel } from "../../workspace/channel.ts";
import type { Installation } from "../../workspace/installation.ts";
import { blocksOf, hasAuthor, type Message } from "../../workspace/message.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { installationOfBot } from "../../workspace/world.ts";

const thread = (message: Message) => {
  const { threadTs: thread_ts, parentUser, replies } = message;
  if (thread_ts) return { thread_ts, ...(parentUser && { parent_user_id: parentUser }) };
  if (replies.length === 0) return {};
  const users = [...new Set(replies.map(({ user }) => user))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    latest_reply: replies.at(-1)?.ts,
    reply_users: users,
    is_locked: message.hold === "locked",
    // Bots don't follow threads.
    subscribed: false,
  };
};

/** A conversation, in which messages are read. */
export type Place = { workspace: Workspace; channel: Channel };

const pin = ({ id, pins }: Channel, { ts }: Message) => {
  const found = pins.get(ts);
  if (!found) return {};
  return { pinned_to: [id], pinned_info: { channel: id, pinned_by: found.by, pinned_ts: found.at } };
};

const icons = Object.fromEntries(
  [36, 48, 72].map((size) => [
    `image_${size}`,
    `https://a.slack-edge.com/80588/img/plugins/app/bot_${size}.png`,
  ]),
);

const appFields = ({ app, botId, botUserId }: Installation, teamId: string) => ({
  bot_id: botId,
  app_id: app.id,
  bot_profile: {
    id: botId,
    app_id: app.id,
    name: app.settings.botName,
    user_id: botUserId,
    team_id: teamId,
    deleted: false,
    updated: 1_795_600_000,
    icons,
  },
});

const botFields = (workspace: Workspace, { botId }: Message) => {
  const writer = botId && installationOfBot(workspace, botId);
  return writer ? appFields(writer, workspace.team.id) : {};
};

const author = (workspace: Workspace, message: Message) =>
  hasAuthor(message)
    ? { user: message.user, team: workspace.team.id, ...botFields(workspace, message) }
    : { bot_id: message.botId };

/** Whether a person typed the message in Slack's client. */
const isTyped = ({ botId, subtype }: Message) =>
  !botId && (subtype === undefined || subtype === "file_share" || subtype === "thread_broadcast");

const reactions = ({ reactions: all }: Message) =>
  all && [...all].map(([name, users]) => ({ name, users, count: users.length }));

/**
 * A message in Slack's format, without metadata, which most methods leave out. Pass `blocks` if they are already
 * parsed.
 */
export const messageWire = (
  { workspace, channel }: Place,
  message: Message,
  blocks: readonly Block[] = blocksOf(message),
): Record<string, unknown> => ({
  type: "message",
  ...(message.subtype && { subtype: message.subtype }),
  ts: message.ts,
  text: message.text,
  ...author(workspace, message),
  ...(blocks.length > 0 && { blocks }),
  ...(message.attachments && { attachments: JSON.parse(message.attachments) }),
  ...(isTyped(message) && typedFields(message)),
  ...(message.editedAt && { edited: { user: message.botId ?? message.user, ts: message.editedAt } }),
  ...thread(message),
  ...(message.reactions && { reactions: reactions(message) }),
  ...pin(channel, message),
  ...message.more,
});

/** A message with its metadata, as the methods that write messages answer it. */
export const writtenMessageWire = (
  place: Place,
  message: Message,
  blocks: readonly Block[] = blocksOf(message),
): Record<string, unknown> => ({
  ...messageWire(place, message, blocks),
  ...(message.metadata && { metadata: message.metadata }),
});

const hash = (text: string) => createHash("sha256").update(text).digest("hex");

/** The `client_msg_id` of a typed message: derived from the message, so that it is always the same. */
const clientMessageId = (message: Message) =>
  hash(`${message.user}/${message.ts}`).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-a$4-$5");

function leaf(part: string): Record<string, unknown> {
  const [, sign = "", target = "", , label] = part.match(/^<([@#!]?)([^|>]*)(\|([^>]*))?>$/) ?? [];
  if (target === "") return { type: "text", text: decodeEntities(part) };
  switch (sign) {
    case "@":
      return { type: "user", user_id: target };
    case "#":
      return { type: "channel", channel_id: target };
    case "!":
      return { type: "broadcast", range: target };
    default:
      return { type: "link", url: decodeEntities(target), ...(label && { text: decodeEntities(label) }) };
  }
}

/** The fields that Slack's client adds to a typed message: its ID, and the text as `rich_text`. */
const typedFields = (message: Message) => ({
  client_msg_id: clientMessageId(message),
  blocks: [
    {
      type: "rich_text",
      block_id: hash(message.ts).slice(0, 5),
      elements: [
        {
          type: "rich_text_section",
          elements: message.text
            .split(/(<[^<>]+>)/)
            .filter(Boolean)
            .map(leaf),
        },
      ],
    },
  ],
});
