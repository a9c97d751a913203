import type { Channel, PostingPermission } from "../../workspace/channel.ts";
import type { Message } from "../../workspace/message.ts";
import { refuse } from "../answer.ts";
import type { BotContext } from "../caller.ts";

const alwaysRefused = {
  some_people: "restricted_action",
  read_only: "restricted_action_read_only_channel",
  no_apps: "no_permission",
  key_revoked: "ekm_access_denied",
} as const;

/** The error if a channel's posting permission forbids a message, or a reply in a thread. */
function permissionError(posting: PostingPermission, isReply: boolean) {
  switch (posting) {
    case "everyone":
      return undefined;
    case "threads_only":
      return isReply ? undefined : "restricted_action_thread_only_channel";
    case "no_threads":
      return isReply ? "restricted_action_non_threadable_channel" : undefined;
    default:
      return alwaysRefused[posting];
  }
}

/** The refusal if the bot may not post in a channel or in a thread of it; otherwise undefined. */
export function refusePosting(
  { workspace, bot }: BotContext,
  channel: Channel,
  { isReply }: { isReply: boolean },
) {
  if (channel.isArchived) return refuse("is_archived");
  const isDirect = channel.kind === "im" || channel.kind === "mpim";
  const hasAccess = channel.members.has(bot.botUserId) || bot.scopes.has("chat:write.public");
  if (!hasAccess) return refuse("not_in_channel");
  if (channel.kind === "im" && !bot.app.settings.messagesTab) return refuse("messages_tab_disabled");
  if (isDirect && bot.isRestricted) return refuse("app_access_restricted");
  if (workspace.limits.isOverMessageLimit) return refuse("message_limit_exceeded");
  const error = permissionError(channel.limits.posting, isReply);
  return error && refuse(error);
}

/** Whether a message can have replies: ephemeral messages and membership notices can't. */
const canHaveReplies = ({ subtype, visibleTo }: Message) =>
  !visibleTo && subtype !== "channel_join" && subtype !== "channel_leave";

/** The first message of the thread to reply in. A reply to a reply goes to the same thread. */
export function threadOf({ messages }: Channel, threadTs: string | undefined) {
  if (!threadTs) return { ok: true as const, parent: undefined };
  const named = messages.get(threadTs);
  const parent = named?.threadTs ? messages.get(named.threadTs) : named;
  if (!parent || !canHaveReplies(parent)) return refuse("cannot_reply_to_message");
  if (parent.hold === "locked") return refuse("restricted_action_thread_locked");
  return { ok: true as const, parent };
}
