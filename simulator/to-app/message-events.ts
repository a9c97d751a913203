import type { Happening, Seen } from "../web-api/caller.ts";
import { messageWire } from "../web-api/wire/message-wire.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Message } from "../workspace/message.ts";
import type { Workspace } from "../workspace/workspace.ts";

const channelType = { public: "channel", private: "group", im: "im" } as const;

/** What apps are told of a new message, whoever wrote it. */
export const messagePosted = (workspace: Workspace, channel: Channel, message: Message): Happening => ({
  ...messageWire(workspace, message),
  type: "message",
  channel: channel.id,
  event_ts: message.ts,
  channel_type: channelType[channel.kind],
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
