import { z } from "zod";
import { refuse } from "../answer.ts";
import { method } from "../method.ts";
import { writtenMessageWire } from "../wire/message-wire.ts";
import { findDuplicate, remember } from "./client-message-id.ts";
import { findTarget, post, postArgs, readPost } from "./post.ts";

export const postMessage = method({
  name: "chat.postMessage",
  tier: "special",
  scopes: ["chat:write"],
  args: postArgs.extend({ client_msg_id: z.string().optional() }),
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
    if (given.as_user) return refuse("as_user_not_supported");
    const duplicate = findDuplicate(caller, given.client_msg_id);
    if (duplicate) return duplicate;
    const target = findTarget(caller, given);
    if (!target.ok) return target;
    const { channel, parent } = target;
    const read = readPost(caller, given, parent);
    if (!read.ok) return read;
    const message = post(caller, channel, read.content);
    if (given.client_msg_id) remember(caller, given.client_msg_id, { channel: channel.id, ts: message.ts });
    const wire = writtenMessageWire({ workspace: caller.workspace, channel }, message, read.parsedBlocks);
    return { ok: true, channel: channel.id, ts: message.ts, message: wire };
  },
});
