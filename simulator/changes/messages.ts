import { messageChanged, messagePosted } from "../callbacks/message-events.ts";
import type { Channel } from "../workspace/channel.ts";
import { addMessage } from "../workspace/write-message.ts";
import { editMessage } from "../workspace/deeds/edit-message.ts";
import type { Message } from "../workspace/message.ts";
import type { At } from "../deeds/at.ts";

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
