import type { Channel, Posting } from "../../workspace/channel.ts";
import type { Message } from "../../workspace/message.ts";
import { refuse } from "../answer.ts";
import type { Seen } from "../caller.ts";

const always = {
  some_people: "restricted_action",
  read_only: "restricted_action_read_only_channel",
  no_apps: "no_permission",
  key_revoked: "ekm_access_denied",
} as const;

/** What a channel's posting permissions say to a message; a reply stands in a thread. */
function postingFault(posting: Posting, isReply: boolean) {
  switch (posting) {
    case "everyone":
      return undefined;
    case "threads_only":
      return isReply ? undefined : "restricted_action_thread_only_channel";
    case "no_threads":
      return isReply ? "restricted_action_non_threadable_channel" : undefined;
    default:
      return always[posting];
  }
}

/** Why the bot may not write into a channel, or into a thread of it. */
export function closedTo({ workspace, bot }: Seen, channel: Channel, { isReply }: { isReply: boolean }) {
  if (channel.isArchived) return refuse("is_archived");
  const isDirect = channel.kind === "im" || channel.kind === "mpim";
  const mayEnter = channel.members.has(bot.botUserId) || bot.scopes.has("chat:write.public");
  if (!mayEnter) return refuse("not_in_channel");
  if (channel.kind === "im" && !bot.app.settings.messagesTab) return refuse("messages_tab_disabled");
  if (isDirect && bot.isRestricted) return refuse("app_access_restricted");
  if (workspace.limits.isOverMessageLimit) return refuse("message_limit_exceeded");
  const fault = postingFault(channel.limits.posting, isReply);
  return fault && refuse(fault);
}

/** What shows in a channel but is no message that anybody could answer. */
const canBeAnswered = ({ subtype, visibleTo }: Message) =>
  !visibleTo && subtype !== "channel_join" && subtype !== "channel_leave";

/** The first message of the thread that a reply goes to: a reply to a reply joins the thread of the first. */
export function threadOf({ messages }: Channel, threadTs: string | undefined) {
  if (!threadTs) return { ok: true as const, parent: undefined };
  const named = messages.get(threadTs);
  const parent = named?.threadTs ? messages.get(named.threadTs) : named;
  if (!parent || !canBeAnswered(parent)) return refuse("cannot_reply_to_message");
  if (parent.hold === "locked") return refuse("restricted_action_thread_locked");
  return { ok: true as const, parent };
}
