import type { Channel } from "./channel.ts";
import { forgetChoices, type Message, makeMessage } from "./message.ts";
import type { Workspace } from "./workspace.ts";

type Given = Pick<Message, "user" | "text"> & Partial<Message>;

/** Puts a message into a channel, and into its thread if it names one. The cost doesn't grow with the channel. */
export function addMessage(workspace: Workspace, channel: Channel, given: Given): Message {
  const parent = given.threadTs ? channel.messages.get(given.threadTs) : undefined;
  const message = makeMessage({ ...given, parentUser: parent?.user, ts: workspace.makeTs() });
  channel.messages.set(message.ts, message);
  // Replies and what only one person sees leave a channel as read as it was.
  if (!message.threadTs && !message.visibleTo) channel.latestTs = message.ts;
  forgetOldest(workspace, channel);
  if (!message.visibleTo) parent?.replies.push(message.ts);
  return message;
}

/** Nobody reads a bench's millionth message: the oldest go, so that memory stays bounded. */
function forgetOldest({ world }: Workspace, channel: Channel): void {
  if (channel.messages.size <= world.keptMessages) return;
  const [oldest] = channel.messages.keys();
  if (oldest) channel.messages.delete(oldest);
}

/** Takes a message away as Slack does: one with replies leaves a tombstone, so that its thread stays. */
export function removeMessage(channel: Channel, message: Message): void {
  if (message.replies.length > 0) {
    message.text = "This message was deleted.";
    message.blocks = undefined;
    message.more = undefined;
    message.subtype = "tombstone";
    return;
  }
  channel.messages.delete(message.ts);
  const parent = message.threadTs && channel.messages.get(message.threadTs);
  if (parent) parent.replies = parent.replies.filter((ts) => ts !== message.ts);
}

type Change = Partial<Pick<Message, "text" | "blocks" | "attachments" | "metadata">>;

/** Changes what a message says. Gives back how it was before. */
export function editMessage(workspace: Workspace, message: Message, change: Change): Message {
  const before = { ...message };
  Object.assign(message, change, { editedAt: workspace.makeTs() });
  forgetChoices(message);
  return before;
}
