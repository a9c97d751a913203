import { z } from "zod";
import { messagePosted, metadataPosted } from "../../callbacks/message-events.ts";
import type { Channel } from "../../workspace/channel.ts";
import type { Message } from "../../workspace/message.ts";
import { addMessage } from "../../workspace/write-message.ts";
import { refuse } from "../answer.ts";
import { flag, nested, required } from "../argument.ts";
import type { Caller } from "../caller.ts";
import { isId, resolveTarget } from "../conversations/find-conversation.ts";
import { method } from "../method.ts";
import { messageWire } from "../wire/message-wire.ts";
import { findDuplicate, remember } from "./client-message-id.ts";
import { readContent } from "./message-content.ts";
import { readMetadata } from "./metadata.ts";
import { parseText } from "./parse-text.ts";
import { refusePosting, threadOf } from "./posting-permission.ts";

const args = z.object({
  channel: required,
  text: z.string().optional(),
  blocks: nested,
  attachments: nested,
  metadata: nested,
  thread_ts: z.string().optional(),
  markdown_text: z.string().optional(),
  reply_broadcast: flag.optional(),
  as_user: flag.optional(),
  parse: z.enum(["none", "full"]).optional(),
  link_names: flag.optional(),
  client_msg_id: z.string().optional(),
});

function findTarget({ workspace, bot }: Caller, { channel: target, thread_ts }: z.output<typeof args>) {
  const channel = resolveTarget({ workspace, bot }, target);
  if (!channel) {
    const isOrganisation = bot.target.kind === "organisation";
    return refuse(isOrganisation && !isId(target) ? "team_not_found" : "channel_not_found");
  }
  const refusal = refusePosting({ workspace, bot }, channel, { isReply: Boolean(thread_ts) });
  if (refusal) return refusal;
  const thread = threadOf(channel, thread_ts);
  return thread.ok ? { ok: true as const, channel, parent: thread.parent } : thread;
}

function readPost({ workspace }: Caller, given: z.output<typeof args>) {
  const content = readContent(workspace, given);
  if (!content.ok) {
    const { error, response_metadata } = content;
    // This method has no error code for invalid attachments.
    return error === "invalid_attachments"
      ? refuse("invalid_blocks", response_metadata?.messages)
      : { ...content, error };
  }
  const metadata = readMetadata(given.metadata);
  if (!metadata.ok) return metadata;
  const options = { parse: given.parse ?? "none", linkNames: given.link_names ?? false } as const;
  const text = parseText(workspace, content.text, options);
  return { ...content, text, metadata: metadata.metadata };
}

function emitEvents({ workspace, bot, emit }: Caller, channel: Channel, message: Message): void {
  emit(messagePosted(workspace, channel, message), channel);
  if (message.metadata) emit(metadataPosted({ workspace, bot }, channel, message), channel);
}

export const postMessage = method({
  name: "chat.postMessage",
  tier: "special",
  scopes: ["chat:write"],
  args,
  errors: [
    "app_access_restricted",
    "as_user_not_supported",
    "attachment_payload_limit_exceeded",
    "cannot_reply_to_message",
    "channel_not_found",
    "duplicate_channel_not_found",
    "duplicate_message_not_found",
    "ekm_access_denied",
    "invalid_blocks",
    "invalid_blocks_format",
    "invalid_metadata_format",
    "invalid_metadata_schema",
    "is_archived",
    "markdown_text_conflict",
    "message_limit_exceeded",
    "messages_tab_disabled",
    "metadata_too_large",
    "msg_blocks_too_long",
    "no_permission",
    "no_text",
    "not_in_channel",
    // From the rate limiter, if the workspace has a limit for all channels together.
    "rate_limited",
    "restricted_action",
    "restricted_action_non_threadable_channel",
    "restricted_action_read_only_channel",
    "restricted_action_thread_locked",
    "restricted_action_thread_only_channel",
    "team_not_found",
    "too_many_attachments",
  ],
  run(caller, given) {
    const { workspace, bot } = caller;
    if (given.as_user) return refuse("as_user_not_supported");
    const duplicate = findDuplicate(caller, given.client_msg_id);
    if (duplicate) return duplicate;
    const target = findTarget(caller, given);
    if (!target.ok) return target;
    const content = readPost(caller, given);
    if (!content.ok) return content;
    const { channel, parent } = target;
    const { text, blocks, attachments, metadata } = content;
    const message = addMessage(workspace, channel, {
      user: bot.botUserId,
      botId: bot.botId,
      text,
      blocks,
      attachments,
      metadata,
      threadTs: parent?.ts,
      subtype: parent && given.reply_broadcast ? "thread_broadcast" : undefined,
    });
    if (given.client_msg_id) remember(caller, given.client_msg_id, { channel: channel.id, ts: message.ts });
    emitEvents(caller, channel, message);
    const wire = messageWire(workspace, message, content.parsedBlocks);
    return { ok: true, channel: channel.id, ts: message.ts, message: wire };
  },
});
