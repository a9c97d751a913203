import type { BotContext, SlackEvent } from "../web-api/caller.ts";
import { messageWire } from "../web-api/wire/message-wire.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Message } from "../workspace/message.ts";
import type { Workspace } from "../workspace/workspace.ts";

const channelType = { public: "channel", private: "group", im: "im", mpim: "mpim" } as const;

/** The `root` field of a reply that was also sent to the channel: the first message of its thread. */
function rootOf(workspace: Workspace, { messages }: Channel, { threadTs }: Message) {
  const root = messages.get(threadTs ?? "");
  if (!root) return {};
  const users = new Set(root.replies.flatMap((ts) => messages.get(ts)?.user ?? []));
  const about = { reply_users: [...users], reply_users_count: users.size, is_locked: false };
  return { root: { ...messageWire(workspace, root), ...about } };
}

/** The event for a new message. */
export const messagePosted = (workspace: Workspace, channel: Channel, message: Message): SlackEvent => ({
  ...messageWire(workspace, message),
  ...(message.subtype === "thread_broadcast" && rootOf(workspace, channel, message)),
  type: "message",
  channel: channel.id,
  event_ts: message.ts,
  channel_type: channelType[channel.kind],
});

const hiddenMessage = (workspace: Workspace, channel: Channel, subtype: string) => ({
  type: "message",
  subtype,
  hidden: true,
  channel: channel.id,
  channel_type: channelType[channel.kind],
  ts: workspace.makeTs(),
  event_ts: workspace.makeTs(),
});

/** The event for an edited message, including one that became a tombstone. */
export const messageChanged = (
  workspace: Workspace,
  channel: Channel,
  { before, after }: { before: Message; after: Message },
): SlackEvent => ({
  ...hiddenMessage(workspace, channel, "message_changed"),
  message: messageWire(workspace, after),
  previous_message: messageWire(workspace, before),
});

/** The event for a message that was deleted without a tombstone. */
export const messageDeleted = (workspace: Workspace, channel: Channel, before: Message): SlackEvent => ({
  ...hiddenMessage(workspace, channel, "message_deleted"),
  deleted_ts: before.ts,
  previous_message: messageWire(workspace, before),
});

/** The event for a message with metadata; it does not contain the text. */
export const metadataPosted = (
  { workspace, bot }: BotContext,
  channel: Channel,
  { ts, metadata }: Message,
): SlackEvent => ({
  type: "message_metadata_posted",
  app_id: bot.app.id,
  bot_id: bot.botId,
  user_id: bot.botUserId,
  team_id: workspace.team.id,
  channel_id: channel.id,
  metadata,
  message_ts: ts,
  event_ts: workspace.makeTs(),
});
