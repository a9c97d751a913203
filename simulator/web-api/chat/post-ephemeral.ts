import { z } from "zod";
import { addMessage } from "../../workspace/write-message.ts";
import { refuse } from "../answer.ts";
import { flag, nested, required } from "../argument.ts";
import type { Caller } from "../caller.ts";
import { addressee } from "../conversations/find-conversation.ts";
import { method } from "../method.ts";
import { readContent } from "./message-content.ts";
import { parseText } from "./parse-text.ts";
import { closedTo, threadOf } from "./posting-permission.ts";

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

type Closed = Extract<ReturnType<typeof whereTo>, { ok: false }>["error"];

/** Slack lists one code only for all that admins and a channel's permissions forbid. */
function asListed(error: Closed) {
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

function whereTo({ workspace, bot }: Caller, { channel: target, thread_ts, user }: z.output<typeof args>) {
  const channel = addressee({ workspace, bot }, target);
  if (!channel) return refuse("channel_not_found");
  const closed = closedTo({ workspace, bot }, channel, { isReply: Boolean(thread_ts) });
  if (closed) return closed;
  if (workspace.users.get(user)?.deleted !== false || !channel.members.has(user))
    return refuse("user_not_in_channel");
  const thread = threadOf(channel, thread_ts);
  return thread.ok ? { ok: true as const, channel, parent: thread.parent } : thread;
}

const longest = 40_000;

function whatToPost({ workspace }: Caller, given: z.output<typeof args>) {
  if ((given.text?.length ?? 0) > longest) return refuse("msg_too_long");
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
    const where = whereTo(caller, given);
    if (!where.ok) return asListed(where.error);
    const what = whatToPost(caller, given);
    if (!what.ok) return what;
    const asked = { parse: given.parse ?? "none", linkNames: given.link_names ?? false } as const;
    const message = addMessage(workspace, where.channel, {
      user: bot.botUserId,
      botId: bot.botId,
      text: parseText(workspace, what.text, asked),
      blocks: what.blocks,
      attachments: what.attachments,
      threadTs: where.parent?.ts,
      visibleTo: given.user,
    });
    return { ok: true, message_ts: message.ts };
  },
});
