import type { ChangeContext } from "../callbacks/announce.ts";
import { messageChanged, messageDeleted, messagePosted } from "../callbacks/message-events.ts";
import type { SlackEvent } from "../web-api/caller.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Message } from "../workspace/message.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { addMessage, editMessage, removeMessage } from "../workspace/write-message.ts";

/** Edits the text of a person's message and sends the event. */
export function editText(
  { workspace, emit }: ChangeContext,
  channel: Channel,
  given: { message: Message; text: string },
) {
  const before = editMessage(workspace, given.message, { text: given.text });
  emit(messageChanged(workspace, channel, { before, after: given.message }), channel);
}

/** Adds the preview of a link to a message and sends the event. The message does not count as edited. */
export function unfurl(
  { workspace, emit }: ChangeContext,
  channel: Channel,
  given: { message: Message; url: string },
) {
  const { message, url } = given;
  const before = { ...message };
  const preview = { id: 1, from_url: url, original_url: url, title: new URL(url).host, fallback: url };
  message.more = { ...message.more, attachments: [preview] };
  emit(messageChanged(workspace, channel, { before, after: message }), channel);
}

type Post = { botId: string; name: string; text: string };

/** Posts as a legacy integration, such as an incoming webhook, under its own name and sends the event. */
export function postAsIntegration({ workspace, emit }: ChangeContext, channel: Channel, post: Post): Message {
  const { botId, name, text } = post;
  const more = { username: name };
  const given = { user: botId, botId, text, subtype: "bot_message" as const, more };
  const message = addMessage(workspace, channel, given);
  emit(messagePosted(workspace, channel, message), channel);
  return message;
}

/** Deletes a message and returns the event for apps. A message with replies becomes a tombstone. */
export function deleteMessage(workspace: Workspace, channel: Channel, message: Message): SlackEvent {
  const before = { ...message };
  removeMessage(channel, message);
  return message.subtype === "tombstone"
    ? messageChanged(workspace, channel, { before, after: message })
    : messageDeleted(workspace, channel, before);
}
