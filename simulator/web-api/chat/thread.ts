import type { Channel } from "../../workspace/channel.ts";
import type { Message } from "../../workspace/message.ts";
import { refuse } from "../answer.ts";

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
