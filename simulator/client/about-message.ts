import { messageWire } from "../web-api/wire/message-wire.ts";
import type { Channel } from "../workspace/channel.ts";
import { attachmentsOf, type Message } from "../workspace/message.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** Whether a block stands in the message itself, or in something attached to it. */
function within(message: Message, blockId: string) {
  const holder = attachmentsOf(message).find(({ blocks }) =>
    blocks?.some(({ block_id }) => block_id === blockId),
  );
  if (!holder) return { type: "message" };
  return { type: "message_attachment", attachment_id: holder.id, is_app_unfurl: false };
}

/** What an interaction says about the message that it happened in. */
export const aboutMessage = (
  workspace: Workspace,
  { channel, message, blockId }: { channel: Channel; message: Message; blockId: string },
) => ({
  container: {
    ...within(message, blockId),
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
