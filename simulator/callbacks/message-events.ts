import type { Happening, Seen } from "../web-api/caller.ts";
import { messageWire } from "../web-api/wire/message-wire.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Message } from "../workspace/message.ts";
import type { Workspace } from "../workspace/workspace.ts";

const channelType = { public: "channel", private: "group", im: "im", mpim: "mpim" } as const;

/** The first message of the thread, which a reply carries that is shown in the channel too. */
function rootOf(workspace: Workspace, { messages }: Channel, { threadTs }: Message) {
  const root = messages.get(threadTs ?? "");
  if (!root) return {};
  const users = new Set(root.replies.flatMap((ts) => messages.get(ts)?.user ?? []));
  const about = { reply_users: [...users], reply_users_count: users.size, is_locked: false };
  return { root: { ...messageWire(workspace, root), ...about } };
}

/** What apps are told of a new message, whoever wrote it. */
export const messagePosted = (workspace: Workspace, channel: Channel, message: Message): Happening => ({
  ...messageWire(workspace, message),
  ...(message.subtype === "thread_broadcast" && rootOf(workspace, channel, message)),
  type: "message",
  channel: channel.id,
  event_ts: message.ts,
  channel_type: channelType[channel.kind],
});

const hidden = (workspace: Workspace, channel: Channel, subtype: string) => ({
  type: "message",
  subtype,
  hidden: true,
  channel: channel.id,
  channel_type: channelType[channel.kind],
  ts: workspace.makeTs(),
  event_ts: workspace.makeTs(),
});

/** What apps are told when a message says something else now; a tombstone is such a change too. */
export const messageChanged = (
  workspace: Workspace,
  channel: Channel,
  { before, after }: { before: Message; after: Message },
): Happening => ({
  ...hidden(workspace, channel, "message_changed"),
  message: messageWire(workspace, after),
  previous_message: messageWire(workspace, before),
});

/** What apps are told when a message is gone, without trace. */
export const messageDeleted = (workspace: Workspace, channel: Channel, before: Message): Happening => ({
  ...hidden(workspace, channel, "message_deleted"),
  deleted_ts: before.ts,
  previous_message: messageWire(workspace, before),
});

/** What apps are told of a message's metadata: where and what, without the text. */
export const metadataPosted = (
  { workspace, bot }: Seen,
  channel: Channel,
  { ts, metadata }: Message,
): Happening => ({
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
