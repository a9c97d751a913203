import { messageWire } from "../web-api/wire/message-wire.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Message } from "../workspace/message.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** What an interaction says about the message that it happened in. */
export const aboutMessage = (
  workspace: Workspace,
  { channel, message }: { channel: Channel; message: Message },
) => ({
  container: {
    type: "message",
    message_ts: message.ts,
    channel_id: channel.id,
    is_ephemeral: message.visibleTo !== undefined,
    ...(message.threadTs && { thread_ts: message.threadTs }),
  },
  // Slack doesn't tell the name of a private channel: it calls every one of them so.
  channel: { id: channel.id, name: channel.kind === "private" ? "privategroup" : channel.name },
  // Slack doesn't keep ephemeral messages, and so sends nothing of them.
  ...(message.visibleTo === undefined && { message: messageWire(workspace, message) }),
});
