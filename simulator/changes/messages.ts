import type { At } from "../callbacks/announce.ts";
import { messageChanged, messageDeleted, messagePosted } from "../callbacks/message-events.ts";
import type { Happening } from "../web-api/caller.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Message } from "../workspace/message.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { addMessage, editMessage, removeMessage } from "../workspace/write-message.ts";

/** A person writes their message anew, and apps are told. */
export function rewrite(
  { workspace, emit }: At,
  channel: Channel,
  given: { message: Message; text: string },
) {
  const before = editMessage(workspace, given.message, { text: given.text });
  emit(messageChanged(workspace, channel, { before, after: given.message }), channel);
}

/** Slack draws a preview below a message that holds a link: it has changed then, and nobody has edited it. */
export function unfurl({ workspace, emit }: At, channel: Channel, given: { message: Message; url: string }) {
  const { message, url } = given;
  const before = { ...message };
  const preview = { id: 1, from_url: url, original_url: url, title: new URL(url).host, fallback: url };
  message.more = { ...message.more, attachments: [preview] };
  emit(messageChanged(workspace, channel, { before, after: message }), channel);
}

type Post = { botId: string; name: string; text: string };

/** An integration of the old kind, as an incoming webhook, posts under a name of its own. */
export function postAsIntegration({ workspace, emit }: At, channel: Channel, post: Post): Message {
  const { botId, name, text } = post;
  const more = { username: name };
  const given = { user: botId, botId, text, subtype: "bot_message" as const, more };
  const message = addMessage(workspace, channel, given);
  emit(messagePosted(workspace, channel, message), channel);
  return message;
}

/** Takes a message away, and gives back what apps are told: of one with replies a tombstone stays. */
export function deleteMessage(workspace: Workspace, channel: Channel, message: Message): Happening {
  const before = { ...message };
  removeMessage(channel, message);
  return message.subtype === "tombstone"
    ? messageChanged(workspace, channel, { before, after: message })
    : messageDeleted(workspace, channel, before);
}
