import { z } from "zod";
import { addMessage } from "../../workspace/write-message.ts";
import { refuse } from "../answer.ts";
import { flag, nested, required } from "../argument.ts";
import type { Caller } from "../caller.ts";
import { resolveTarget } from "../conversations/find-conversation.ts";
import { method } from "../method.ts";
import { readContent } from "./message-content.ts";
import { parseText } from "./parse-text.ts";
import { refusePosting, threadOf } from "./posting-permission.ts";

const args = z.object({
  channel: required,
  user: required,
  text: z.string().optional(),
  blocks: nested,
  attachments: nested,
  markdown_text: z.string().optional(),
  thread_ts: z.string().optional(),
  parse: z.enum(["none", "full"]).optional(),
  link_names: flag.optional(),
});

type TargetError = Extract<ReturnType<typeof findTarget>, { ok: false }>["error"];

/** Maps to the errors of this method, which has only one code for everything that permissions forbid. */
function refuseAsListed(error: TargetError) {
  switch (error) {
    case "app_access_restricted":
    case "restricted_action_non_threadable_channel":
    case "restricted_action_read_only_channel":
    case "restricted_action_thread_locked":
    case "restricted_action_thread_only_channel":
      return refuse("restricted_action");
    default:
      return refuse(error);
  }
}

function findTarget({ workspace, bot }: Caller, { channel: target, thread_ts, user }: z.output<typeof args>) {
  const channel = resolveTarget({ workspace, bot }, target);
  if (!channel) return refuse("channel_not_found");
  const refusal = refusePosting({ workspace, bot }, channel, { isReply: Boolean(thread_ts) });
  if (refusal) return refusal;
  if (workspace.users.get(user)?.deleted !== false || !channel.members.has(user))
    return refuse("user_not_in_channel");
  const thread = threadOf(channel, thread_ts);
  return thread.ok ? { ok: true as const, channel, parent: thread.parent } : thread;
}

const maxTextLength = 40_000;

function readPost({ workspace }: Caller, given: z.output<typeof args>) {
  if ((given.text?.length ?? 0) > maxTextLength) return refuse("msg_too_long");
  const content = readContent(workspace, given);
  if (content.ok) return content;
  switch (content.error) {
    case "msg_blocks_too_long":
      return refuse("msg_too_long");
    case "attachment_payload_limit_exceeded":
      return refuse("invalid_attachments");
    default:
      return { ...content, error: content.error };
  }
}

export const postEphemeral = method({
  name: "chat.postEphemeral",
  tier: "t4",
  scopes: ["chat:write"],
  args,
  errors: [
    "cannot_reply_to_message",
    "channel_not_found",
    "ekm_access_denied",
    "invalid_attachments",
    "invalid_blocks",
    "invalid_blocks_format",
    "is_archived",
    "markdown_text_conflict",
    "message_limit_exceeded",
    "messages_tab_disabled",
    "msg_too_long",
    "no_permission",
    "no_text",
    "not_in_channel",
    "restricted_action",
    "too_many_attachments",
    "user_not_in_channel",
  ],
  run(caller, given) {
    const { workspace, bot } = caller;
    const target = findTarget(caller, given);
    if (!target.ok) return refuseAsListed(target.error);
    const content = readPost(caller, given);
    if (!content.ok) return content;
    const options = { parse: given.parse ?? "none", linkNames: given.link_names ?? false } as const;
    const message = addMessage(workspace, target.channel, {
      user: bot.botUserId,
      botId: bot.botId,
      text: parseText(workspace, content.text, options),
      blocks: content.blocks,
      attachments: content.attachments,
      threadTs: target.parent?.ts,
      visibleTo: given.user,
    });
    return { ok: true, message_ts: message.ts };
  },
});
