import { z } from "zod";
import { refuse } from "./answer.ts";
import { required } from "./argument.ts";
import { findVisible } from "./conversations/find-conversation.ts";
import { method } from "./method.ts";

/** The maximum number of reactions by one bot on a message. */
const maxReactions = 23;

export const addReaction = method({
  name: "reactions.add",
  tier: "t3",
  scopes: ["reactions:write"],
  args: z.object({ channel: required, name: required, timestamp: required }),
  errors: [
    "already_reacted",
    "bad_timestamp",
    "channel_not_found",
    "external_channel_migrating",
    "invalid_name",
    "is_archived",
    "message_not_found",
    "thread_locked",
    "too_many_reactions",
  ],
  run({ workspace, bot }, { channel: id, name, timestamp }) {
    const channel = findVisible({ workspace, bot }, id);
    if (!channel) return refuse("channel_not_found");
    if (channel.isArchived) return refuse("is_archived");
    if (channel.limits.isMigrating) return refuse("external_channel_migrating");
    if (!/^\d+\.\d+$/.test(timestamp)) return refuse("bad_timestamp");
    if (!/^[\w+'-]+(::skin-tone-[2-6])?$/.test(name)) return refuse("invalid_name");
    const message = channel.messages.get(timestamp);
    if (!message || message.visibleTo || message.subtype === "tombstone") return refuse("message_not_found");
    if (message.hold === "locked") return refuse("thread_locked");
    const { reactions = new Map() } = message;
    const people = reactions.get(name) ?? [];
    if (people.includes(bot.botUserId)) return refuse("already_reacted");
    const own = [...reactions.values()].filter((users) => users.includes(bot.botUserId));
    if (own.length >= maxReactions) return refuse("too_many_reactions");
    message.reactions = reactions.set(name, [...people, bot.botUserId]);
    return { ok: true };
  },
});
