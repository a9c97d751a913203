import { createHash } from "node:crypto";
import { decodeEntities } from "../../block-kit/mrkdwn.ts";
import type { Block } from "../../block-kit/schema/block.ts";
import type { Installation } from "../../workspace/installation.ts";
import { blocksOf, type Message } from "../../workspace/message.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { installationOfBot } from "../../workspace/world.ts";

const thread = (message: Message) => {
  const { threadTs: thread_ts, parentUser } = message;
  if (thread_ts) return { thread_ts, ...(parentUser && { parent_user_id: parentUser }) };
  if (message.replies.length === 0) return {};
  return {
    thread_ts: message.ts,
    reply_count: message.replies.length,
    latest_reply: message.replies.at(-1),
  };
};

const icons = Object.fromEntries(
  [36, 48, 72].map((size) => [
    `image_${size}`,
    `https://a.slack-edge.com/80588/img/plugins/app/bot_${size}.png`,
  ]),
);

const byApp = ({ app, botId, botUserId }: Installation, teamId: string) => ({
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

const byline = (workspace: Workspace, { botId }: Message) => {
  const writer = botId && installationOfBot(workspace, botId);
  return writer ? byApp(writer, workspace.team.id) : {};
};

/** A message of the old kind has the name that an integration gave itself, and no user. */
const author = (workspace: Workspace, message: Message) =>
  message.subtype === "bot_message"
    ? { bot_id: message.botId }
    : { user: message.user, team: workspace.team.id, ...byline(workspace, message) };

/** Whether a person typed it, in Slack's own client. */
const isTyped = ({ botId, subtype }: Message) =>
  !botId && (subtype === undefined || subtype === "file_share" || subtype === "thread_broadcast");

const reactions = ({ reactions: all }: Message) =>
  all && [...all].map(([name, users]) => ({ name, users, count: users.length }));

/**
 * A message as Slack hands it out. Metadata is left out, since most methods do so. Whoever has its blocks at
 * hand spares unpacking them.
 */
export const messageWire = (
  workspace: Workspace,
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
  ...(isTyped(message) && typed(message)),
  ...(message.editedAt && { edited: { user: message.botId ?? message.user, ts: message.editedAt } }),
  ...thread(message),
  ...(message.reactions && { reactions: reactions(message) }),
  ...message.more,
});

const hash = (text: string) => createHash("sha256").update(text).digest("hex");

/** The id that the client gave to a message as it sent it: the same whenever the message is handed out. */
const clientId = (message: Message) =>
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

/** What Slack's client makes of what a person types: an id of its own, and the text as `rich_text`. */
const typed = (message: Message) => ({
  client_msg_id: clientId(message),
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
