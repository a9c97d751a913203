import { z } from "zod";
import { addReaction, reactionsBy, removeReaction } from "../changes/reactions.ts";
import type { Message } from "../workspace/message.ts";
import { refuse } from "./answer.ts";
import { flag, required } from "./argument.ts";
import type { BotContext } from "./caller.ts";
import { findVisible } from "./conversations/find-conversation.ts";
import { method } from "./method.ts";
import { messageWire } from "./wire/message-wire.ts";
import { permalinkOf } from "./wire/permalink.ts";

/** The maximum number of reactions by one person or bot on a message. */
const maxReactions = 23;

/** The maximum number of different emoji on a message. */
const maxEmoji = 50;

// The simulator knows no list of emoji: any name of valid form is one.
const emojiName = /^[\w+'-]+(::skin-tone-[2-6])?$/;

/** The optional arguments that name an item; files have no reactions here. */
const itemArgs = {
  channel: z.string().optional(),
  timestamp: z.string().optional(),
  file: z.string().optional(),
  file_comment: z.string().optional(),
};

type Item = z.output<z.ZodObject<typeof itemArgs>>;

/** The message that a call names, or Slack's error. */
function findItem(context: BotContext, { channel: id, timestamp, file, file_comment }: Item) {
  if (file) return refuse("file_not_found");
  if (file_comment) return refuse("file_comment_not_found");
  if (!id || !timestamp) return refuse("no_item_specified");
  const channel = findVisible(context, id);
  if (!channel) return refuse("channel_not_found");
  if (!/^\d+\.\d+$/.test(timestamp)) return refuse("bad_timestamp");
  const message = channel.messages.get(timestamp);
  return message && isReactable(message)
    ? { ok: true as const, channel, message }
    : refuse("message_not_found");
}

const isReactable = ({ visibleTo, subtype }: Message) => !visibleTo && subtype !== "tombstone";

export const add = method({
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
    "too_many_emoji",
    "too_many_reactions",
  ],
  run({ workspace, bot, emit }, { channel: id, name, timestamp }) {
    const channel = findVisible({ workspace, bot }, id);
    if (!channel) return refuse("channel_not_found");
    if (channel.isArchived) return refuse("is_archived");
    if (channel.limits.isMigrating) return refuse("external_channel_migrating");
    if (!/^\d+\.\d+$/.test(timestamp)) return refuse("bad_timestamp");
    if (!emojiName.test(name)) return refuse("invalid_name");
    const message = channel.messages.get(timestamp);
    if (!message || !isReactable(message)) return refuse("message_not_found");
    if (message.hold === "locked") return refuse("thread_locked");
    const own = reactionsBy(message, bot.botUserId);
    if (own.includes(name)) return refuse("already_reacted");
    if (own.length >= maxReactions) return refuse("too_many_reactions");
    const { size = 0 } = message.reactions ?? {};
    if (size >= maxEmoji && !message.reactions?.has(name)) return refuse("too_many_emoji");
    addReaction({ workspace, emit }, channel, { message, user: bot.botUserId, name });
    return { ok: true };
  },
});

export const remove = method({
  name: "reactions.remove",
  tier: "t2",
  scopes: ["reactions:write"],
  args: z.object({ name: required, ...itemArgs }),
  errors: [
    "bad_timestamp",
    "channel_not_found",
    "external_channel_migrating",
    "file_comment_not_found",
    "file_not_found",
    "invalid_name",
    "message_not_found",
    "no_item_specified",
    "no_reaction",
    "thread_locked",
  ],
  run({ workspace, bot, emit }, { name, ...item }) {
    const found = findItem({ workspace, bot }, item);
    if (!found.ok) return found;
    const { channel, message } = found;
    if (channel.limits.isMigrating) return refuse("external_channel_migrating");
    if (!emojiName.test(name)) return refuse("invalid_name");
    if (message.hold === "locked") return refuse("thread_locked");
    const user = bot.botUserId;
    if (!reactionsBy(message, user).includes(name)) return refuse("no_reaction");
    removeReaction({ workspace, emit }, channel, { message, user, name });
    return { ok: true };
  },
});

export const get = method({
  name: "reactions.get",
  tier: "t3",
  scopes: ["reactions:read"],
  args: z.object({ ...itemArgs, full: flag.optional() }),
  errors: [
    "bad_timestamp",
    "channel_not_found",
    "file_comment_not_found",
    "file_not_found",
    "message_not_found",
    "no_item_specified",
  ],
  run({ workspace, bot }, item) {
    const found = findItem({ workspace, bot }, item);
    if (!found.ok) return found;
    const { channel, message } = found;
    const wire = messageWire({ workspace, channel }, message);
    const permalink = permalinkOf(workspace, channel, message);
    return { ok: true, type: "message", message: { ...wire, permalink }, channel: channel.id };
  },
});
