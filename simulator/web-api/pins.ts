import { z } from "zod";
import { addPin, pinWire, removePin } from "../changes/pins.ts";
import { refuse } from "./answer.ts";
import { required } from "./argument.ts";
import type { BotContext } from "./caller.ts";
import { findVisible } from "./conversations/find-conversation.ts";
import { method } from "./method.ts";

/** The maximum number of pins in a channel. */
const maxPins = 100;

const args = z.object({ channel: required, timestamp: z.string().optional() });

/** The message that a call names, or Slack's error. */
function findItem({ workspace, bot }: BotContext, { channel: id, timestamp }: z.output<typeof args>) {
  const channel = findVisible({ workspace, bot }, id);
  if (!channel) return refuse("channel_not_found");
  if (!timestamp) return refuse("no_item_specified");
  if (channel.limits.isMigrating) return refuse("external_channel_migrating");
  if (!/^\d+\.\d+$/.test(timestamp)) return refuse("bad_timestamp");
  const message = channel.messages.get(timestamp);
  if (!message || message.visibleTo) return refuse("message_not_found");
  if (channel.isArchived) return refuse("restricted_action");
  return { ok: true as const, channel, message };
}

/** Subtypes of messages that people and apps write; Slack's own notices can't be pinned. */
const pinnable = new Set(["bot_message", "file_share", "thread_broadcast"]);

export const add = method({
  name: "pins.add",
  tier: "t2",
  scopes: ["pins:write"],
  args,
  errors: [
    "already_pinned",
    "bad_timestamp",
    "channel_not_found",
    "external_channel_migrating",
    "message_not_found",
    "no_item_specified",
    "not_in_channel",
    "not_pinnable",
    "restricted_action",
    "too_many_pins",
  ],
  run({ workspace, bot, emit }, given) {
    const found = findItem({ workspace, bot }, given);
    if (!found.ok) return found;
    const { channel, message } = found;
    if (!channel.members.has(bot.botUserId)) return refuse("not_in_channel");
    if (message.subtype && !pinnable.has(message.subtype)) return refuse("not_pinnable");
    if (channel.pins.has(message.ts)) return refuse("already_pinned");
    if (channel.pins.size >= maxPins) return refuse("too_many_pins");
    addPin({ workspace, emit }, channel, { message, user: bot.botUserId });
    return { ok: true };
  },
});

export const remove = method({
  name: "pins.remove",
  tier: "t2",
  scopes: ["pins:write"],
  args,
  errors: [
    "bad_timestamp",
    "channel_not_found",
    "external_channel_migrating",
    "message_not_found",
    "no_item_specified",
    "no_pin",
    "restricted_action",
  ],
  run({ workspace, bot, emit }, given) {
    const found = findItem({ workspace, bot }, given);
    if (!found.ok) return found;
    const { channel, message } = found;
    return removePin({ workspace, emit }, channel, { message, user: bot.botUserId })
      ? { ok: true }
      : refuse("no_pin");
  },
});

export const list = method({
  name: "pins.list",
  tier: "t2",
  scopes: ["pins:read"],
  args: z.object({ channel: required }),
  errors: ["channel_not_found"],
  run({ workspace, bot }, { channel: id }) {
    const channel = findVisible({ workspace, bot }, id);
    if (!channel) return refuse("channel_not_found");
    const items = [...channel.pins].reverse().flatMap(([ts, pin]) => {
      const message = channel.messages.get(ts);
      return message ? [pinWire(workspace, channel, message, pin)] : [];
    });
    return { ok: true, items };
  },
});
