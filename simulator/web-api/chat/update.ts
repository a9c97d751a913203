import { z } from "zod";
import { messageChanged } from "../../to-app/message-events.ts";
import { editMessage } from "../../workspace/deeds/edit-message.ts";
import { refuse } from "../answer.ts";
import { nested, required } from "../argument.ts";
import { reach } from "../conversations/reach.ts";
import { method } from "../method.ts";
import { messageWire } from "../wire/message-wire.ts";
import { readContent } from "./content.ts";
import { readMetadata } from "./metadata.ts";

export const update = method({
  name: "chat.update",
  tier: "t3",
  scopes: ["chat:write"],
  args: z.object({
    channel: required,
    ts: required,
    text: z.string().optional(),
    blocks: nested,
    attachments: nested,
    metadata: nested,
  }),
  errors: [
    "cant_update_message",
    "channel_not_found",
    "invalid_blocks",
    "invalid_blocks_format",
    "invalid_metadata_format",
    "is_inactive",
    "message_not_found",
    "metadata_too_large",
    "msg_too_long",
    "no_text",
    "too_many_attachments",
  ],
  run({ workspace, bot, emit }, args) {
    const channel = reach({ workspace, bot }, args.channel);
    if (!channel) return refuse("channel_not_found");
    if (channel.isArchived) return refuse("is_inactive");
    const message = channel.messages.get(args.ts);
    if (!message || message.subtype === "tombstone" || message.visibleTo) return refuse("message_not_found");
    if (message.botId !== bot.botId) return refuse("cant_update_message");
    if ((args.text?.length ?? 0) > 4000) return refuse("msg_too_long");
    // Without `blocks` those of before stay; an empty list takes them away.
    const content = readContent(workspace, { ...args, blocks: args.blocks ?? [] });
    if (!content.ok) return content;
    const metadata = readMetadata(args.metadata, message.metadata);
    if (!metadata.ok) return metadata;
    const before = editMessage(workspace, message, {
      text: content.text,
      ...(args.blocks !== undefined && { blocks: content.blocks }),
      metadata: metadata.metadata,
    });
    emit(messageChanged(workspace, channel, { before, after: message }), channel);
    return {
      ok: true,
      channel: channel.id,
      ts: message.ts,
      text: message.text,
      message: messageWire(workspace, message),
    };
  },
});
