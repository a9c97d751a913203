import type { Channel } from "./channel.ts";
import { forgetChoices, type Message, makeMessage } from "./message.ts";
import type { Workspace } from "./workspace.ts";

type NewMessage = Pick<Message, "user" | "text"> & Partial<Message>;

/** Adds a message to a channel, and to its thread if it has one. Takes constant time. */
export function addMessage(workspace: Workspace, channel: Channel, given: NewMessage): Message {
  const parent = given.threadTs ? channel.messages.get(given.threadTs) : undefined;
  const message = makeMessage({ ...given, parentUser: parent?.user, ts: workspace.makeTs() });
  channel.messages.set(message.ts, message);
  // Replies and ephemeral messages don't make a channel unread.
  if (!message.threadTs && !message.visibleTo) channel.latestTs = message.ts;
  dropOldest(workspace, channel);
  if (!message.visibleTo) parent?.replies.push({ ts: message.ts, user: message.user });
  return message;
}

/** Drops the oldest message beyond the limit, so that memory stays bounded. */
function dropOldest({ world }: Workspace, channel: Channel): void {
  if (channel.messages.size <= world.keptMessages) return;
  const [oldest] = channel.messages.keys();
  if (!oldest) return;
  channel.messages.delete(oldest);
  channel.pins.delete(oldest);
}

/** Deletes a message as Slack does: one with replies becomes a tombstone, so that its thread stays. */
export function removeMessage(channel: Channel, message: Message): void {
  if (message.replies.length > 0) {
    message.text = "This message was deleted.";
    message.blocks = undefined;
    message.more = undefined;
    message.metadata = undefined;
    message.subtype = "tombstone";
    return;
  }
  channel.messages.delete(message.ts);
  channel.pins.delete(message.ts);
  const parent = message.threadTs && channel.messages.get(message.threadTs);
  if (parent) parent.replies = parent.replies.filter(({ ts }) => ts !== message.ts);
}

type Change = Partial<Pick<Message, "text" | "blocks" | "attachments" | "metadata">>;

/** Edits a message. Returns a copy of the message before the edit. */
export function editMessage(workspace: Workspace, message: Message, change: Change): Message {
  const before = { ...message };
  Object.assign(message, change, { editedAt: workspace.makeTs() });
  forgetChoices(message);
  return before;
}
