import { z } from "zod";
import { messageChanged, metadataEvent } from "../../callbacks/message-events.ts";
import { blocksOf, type Message } from "../../workspace/message.ts";
import { editMessage } from "../../workspace/write-message.ts";
import { refuse } from "../answer.ts";
import { flag, list, nested, required } from "../argument.ts";
import type { Caller } from "../caller.ts";
import { findVisible } from "../conversations/find-conversation.ts";
import { method } from "../method.ts";
import { writtenMessageWire } from "../wire/message-wire.ts";
import { readContent } from "./message-content.ts";
import { readMetadata } from "./metadata.ts";
import { parseText } from "./parse-text.ts";

const args = z.object({
  channel: required,
  ts: required,
  text: z.string().optional(),
  blocks: nested,
  attachments: nested,
  metadata: nested,
  markdown_text: z.string().optional(),
  reply_broadcast: flag.optional(),
  file_ids: list.optional(),
  parse: z.enum(["none", "client", "full"]).optional(),
  link_names: flag.optional(),
});
type UpdateArgs = z.output<typeof args>;

function findEditable({ workspace, bot }: Caller, { channel: id, ts }: UpdateArgs) {
  const channel = findVisible({ workspace, bot }, id);
  if (!channel) return refuse("channel_not_found");
  if (channel.isArchived) return refuse("is_inactive");
  if (channel.limits.isMigrating) return refuse("external_channel_migrating");
  const message = channel.messages.get(ts);
  if (!message || message.subtype === "tombstone" || message.visibleTo) return refuse("message_not_found");
  if (message.botId !== bot.botId) return refuse("cant_update_message");
  if (message.hold === "streaming") return refuse("streaming_state_conflict");
  const { editWindowMs, isOverMessageLimit } = workspace.limits;
  if (editWindowMs !== undefined && workspace.now() - Number(ts) * 1000 > editWindowMs)
    return refuse("edit_window_closed");
  return isOverMessageLimit ? refuse("message_limit_exceeded") : { ok: true as const, channel, message };
}

const isRichText = (message: Message) => blocksOf(message).some(({ type }) => type === "rich_text");

/** The new content. Without `blocks` the old ones stay; an empty list removes them. */
function newContent({ workspace }: Caller, given: UpdateArgs, message: Message) {
  if (given.file_ids?.some((id) => id !== "")) return refuse("file_not_found");
  if ((given.text?.length ?? 0) > 4000) return refuse("msg_too_long");
  const content = readContent(workspace, given);
  if (!content.ok) {
    switch (content.error) {
      case "msg_blocks_too_long":
        return refuse("msg_too_long");
      case "attachment_payload_limit_exceeded":
        return refuse("invalid_attachments");
      default:
        return { ...content, error: content.error };
    }
  }
  const isMixed = content.blocks && !content.parsedBlocks.some(({ type }) => type === "rich_text");
  return isMixed && isRichText(message) ? refuse("block_mismatch") : content;
}

/** Also shows a reply in the channel. Slack refuses this together with new content. */
function broadcast(given: UpdateArgs, message: Message) {
  if (!message.threadTs || message.subtype === "thread_broadcast") return refuse("cant_broadcast_message");
  if (given.text || given.markdown_text || given.blocks || given.attachments)
    return refuse("no_dual_broadcast_content_update");
  message.subtype = "thread_broadcast";
  return { ok: true as const, change: {} };
}

/** The change to make. The default of `parse` is `client` here, unlike in chat.postMessage. */
function changeOf(caller: Caller, given: UpdateArgs, message: Message) {
  if (given.reply_broadcast) return broadcast(given, message);
  const content = newContent(caller, given, message);
  if (!content.ok) return content;
  const metadata = readMetadata(given.metadata, message.metadata);
  if (!metadata.ok) return metadata;
  const options = { parse: given.parse ?? "client", linkNames: given.link_names ?? false } as const;
  return {
    ok: true as const,
    change: {
      text: parseText(caller.workspace, content.text, options),
      ...(given.blocks !== undefined && { blocks: content.blocks }),
      ...(given.attachments !== undefined && { attachments: content.attachments }),
      metadata: metadata.metadata,
    },
  };
}

export const update = method({
  name: "chat.update",
  tier: "t3",
  scopes: ["chat:write"],
  args,
  errors: [
    "block_mismatch",
    "cant_broadcast_message",
    "cant_update_message",
    "channel_not_found",
    "edit_window_closed",
    "external_channel_migrating",
    "file_not_found",
    "invalid_attachments",
    "invalid_blocks",
    "invalid_blocks_format",
    "invalid_metadata_format",
    "invalid_metadata_schema",
    "is_inactive",
    "markdown_text_conflict",
    "message_limit_exceeded",
    "message_not_found",
    "metadata_too_large",
    "msg_too_long",
    "no_dual_broadcast_content_update",
    "no_text",
    "streaming_state_conflict",
    "too_many_attachments",
  ],
  run(caller, given) {
    const { workspace, emit } = caller;
    const found = findEditable(caller, given);
    if (!found.ok) return found;
    const { channel, message } = found;
    const changed = changeOf(caller, given, message);
    if (!changed.ok) return changed;
    const before = editMessage(workspace, message, changed.change);
    emit(messageChanged(workspace, channel, { before, after: message }), channel);
    const { ts, text } = message;
    const rewritten = metadataEvent(caller, channel, {
      ts,
      before: before.metadata,
      after: message.metadata,
    });
    if (rewritten) emit(rewritten, channel);
    return {
      ok: true,
      channel: channel.id,
      ts,
      text,
      message: writtenMessageWire({ workspace, channel }, message),
    };
  },
});
