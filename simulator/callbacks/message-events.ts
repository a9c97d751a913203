import type { BotContext, SlackEvent } from "../web-api/caller.ts";
import { messageWire } from "../web-api/wire/message-wire.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Message, Metadata } from "../workspace/message.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** The kind of a conversation, as events name it. */
export const channelType = { public: "channel", private: "group", im: "im", mpim: "mpim" } as const;

/** The `root` field of a reply that was also sent to the channel: the first message of its thread. */
function rootOf(workspace: Workspace, channel: Channel, { threadTs }: Message) {
  const root = channel.messages.get(threadTs ?? "");
  if (!root) return {};
  return { root: messageWire({ workspace, channel }, root) };
}

/** The event for a new message. */
export const messagePosted = (workspace: Workspace, channel: Channel, message: Message): SlackEvent => ({
  ...messageWire({ workspace, channel }, message),
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
  message: messageWire({ workspace, channel }, after),
  previous_message: messageWire({ workspace, channel }, before),
});

/** The event for a message that was deleted without a tombstone. */
export const messageDeleted = (workspace: Workspace, channel: Channel, before: Message): SlackEvent => ({
  ...hiddenMessage(workspace, channel, "message_deleted"),
  deleted_ts: before.ts,
  previous_message: messageWire({ workspace, channel }, before),
});

type MetadataChange = { ts: string; before?: Metadata | undefined; after?: Metadata | undefined };

/** The event for metadata that was posted, changed or removed, if any. It doesn't contain the text. */
export function metadataEvent(
  { workspace, bot }: BotContext,
  channel: Channel,
  { ts, before, after }: MetadataChange,
): SlackEvent | undefined {
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined;
  const what = !before ? "posted" : after ? "updated" : "deleted";
  return {
    type: `message_metadata_${what}`,
    app_id: bot.app.id,
    bot_id: bot.botId,
    user_id: bot.botUserId,
    team_id: workspace.team.id,
    channel_id: channel.id,
    ...(before && { previous_metadata: before }),
    ...(after ? { metadata: after } : { deleted_ts: workspace.makeTs() }),
    message_ts: ts,
    event_ts: workspace.makeTs(),
  };
}
