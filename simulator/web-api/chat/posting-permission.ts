import type { Channel, Posting } from "../../workspace/channel.ts";
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
