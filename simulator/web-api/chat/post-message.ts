import { z } from "zod";
import { messagePosted, metadataPosted } from "../../to-app/message-events.ts";
import type { Channel } from "../../workspace/channel.ts";
import { addMessage } from "../../workspace/deeds/add-message.ts";
import type { Installation } from "../../workspace/installation.ts";
import { refuse } from "../answer.ts";
import { nested, required } from "../argument.ts";
import { addressee } from "../conversations/reach.ts";
import { method } from "../method.ts";
import { messageWire } from "../wire/message-wire.ts";
import { readContent } from "./content.ts";
import { readMetadata } from "./metadata.ts";

/** Why the bot may not write into a channel. */
export function closedTo({ botUserId, scopes }: Installation, channel: Channel) {
  if (channel.isArchived) return refuse("is_archived");
  const mayWrite = channel.members.has(botUserId) || scopes.has("chat:write.public");
  return mayWrite ? undefined : refuse("not_in_channel");
}

export const postMessage = method({
  name: "chat.postMessage",
  tier: "special",
  scopes: ["chat:write"],
  args: z.object({
    channel: required,
    text: z.string().optional(),
    blocks: nested,
    attachments: nested,
    metadata: nested,
    thread_ts: z.string().optional(),
    markdown_text: z.string().optional(),
  }),
  errors: [
    "cannot_reply_to_message",
    "channel_not_found",
    "invalid_blocks",
    "invalid_blocks_format",
    "invalid_metadata_format",
    "is_archived",
    "markdown_text_conflict",
    "metadata_too_large",
    "no_text",
    "not_in_channel",
    "too_many_attachments",
  ],
  run({ workspace, bot, emit }, args) {
    const channel = addressee({ workspace, bot }, args.channel);
    if (!channel) return refuse("channel_not_found");
    const closed = closedTo(bot, channel);
    if (closed) return closed;
    if (args.markdown_text && (args.text || args.blocks)) return refuse("markdown_text_conflict");
    const content = readContent(workspace, { ...args, text: args.markdown_text ?? args.text });
    if (!content.ok) return content;
    const metadata = readMetadata(args.metadata);
    if (!metadata.ok) return metadata;
    const parent = args.thread_ts ? channel.messages.get(args.thread_ts) : undefined;
    if (args.thread_ts && !parent) return refuse("cannot_reply_to_message");
    const message = addMessage(workspace, channel, {
      user: bot.botUserId,
      botId: bot.botId,
      text: content.text,
      blocks: content.blocks,
      metadata: metadata.metadata,
      // A reply to a reply joins the thread of the first message.
      threadTs: parent?.threadTs ?? parent?.ts,
    });
    const wire = messageWire(workspace, message, content.unpacked);
    emit(messagePosted(workspace, channel, message), channel);
    if (message.metadata) emit(metadataPosted({ workspace, bot }, channel, message), channel);
    return {
      ok: true,
      channel: channel.id,
      ts: message.ts,
      message: wire,
    };
  },
});
