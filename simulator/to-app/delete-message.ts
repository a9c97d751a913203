import type { Happening } from "../web-api/caller.ts";
import type { Channel } from "../workspace/channel.ts";
import { removeMessage } from "../workspace/write-message.ts";
import type { Message } from "../workspace/message.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { messageChanged, messageDeleted } from "../callbacks/message-events.ts";

/** Takes a message away, and gives back what apps are told: of one with replies a tombstone stays. */
export function deleteMessage(workspace: Workspace, channel: Channel, message: Message): Happening {
  const before = { ...message };
  removeMessage(channel, message);
  return message.subtype === "tombstone"
    ? messageChanged(workspace, channel, { before, after: message })
    : messageDeleted(workspace, channel, before);
}
