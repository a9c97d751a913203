import type { SimulatorWithApp } from "../fixtures/simulator-with-app.ts";
import { archive, type Cause, cause, nowhere, posted, random, restrict, security } from "./cause.ts";

type Before = (env: SimulatorWithApp, timestamp: string) => Promise<unknown>;

/** A cause about a message that is posted before. Without `before`, it leaves everything else as it was. */
const about =
  (method: string, args: object = {}) =>
  (error: string, situation: string, more: object = {}, before?: Before): Cause => {
    const find = async (env: SimulatorWithApp) => {
      const timestamp = await posted(env);
      await before?.(env, timestamp);
      return { channel: security, timestamp, ...args, ...more };
    };
    return { ...cause([method, error, situation], find), isHarmless: before === undefined };
  };

const migrate: Before = restrict({ isMigrating: true });
const lock: Before = (env, ts) => env.slack.ask("holdMessage", { channel: "#security", ts, hold: "locked" });
const eyes = { name: "eyes" };
const react: Before = (env, timestamp) =>
  env.call("reactions.add", { channel: security, timestamp, ...eyes });
const pin: Before = (env, timestamp) => env.call("pins.add", { channel: security, timestamp });

const add = about("reactions.add", eyes);
const remove = about("reactions.remove", eyes);
const get = about("reactions.get");

const noItem = { timestamp: undefined };
const file = { file: "F0NOWHERE01" };
const comment = { file_comment: "Fc0NOWHERE1" };
const wrongTime = { timestamp: "yesterday" };
const unknownMessage = { timestamp: "1.000001" };

const reactionCauses: Cause[] = [
  add("channel_not_found", "an unknown channel", { channel: nowhere }),
  add("is_archived", "an archived channel", {}, archive),
  add("external_channel_migrating", "a shared channel that is migrating", {}, migrate),
  add("bad_timestamp", "an invalid time", wrongTime),
  add("invalid_name", "an invalid emoji name", { name: "so so" }),
  add("message_not_found", "an unknown message", unknownMessage),
  add("thread_locked", "a locked thread", {}, lock),
  add("already_reacted", "a repeated emoji", {}, react),
  add("too_many_reactions", "a 24th emoji on one message", {}, async (env, timestamp) => {
    for (let count = 1; count <= 23; count++)
      await env.call("reactions.add", { channel: security, timestamp, name: `emoji_${count}` });
  }),
  add("too_many_emoji", "a 51st emoji on one message", {}, async (env, ts) => {
    for (let count = 1; count <= 50; count++)
      await env.slack.ask("addReaction", { as: "ada", channel: security, ts, name: `emoji_${count}` });
  }),
  remove("no_reaction", "an emoji that the bot has not used"),
  remove("no_reaction", "another person's emoji", {}, (env, ts) =>
    env.slack.ask("addReaction", { as: "ada", channel: security, ts, ...eyes }),
  ),
  remove("channel_not_found", "an unknown channel", { channel: nowhere }),
  remove("external_channel_migrating", "a shared channel that is migrating", {}, migrate),
  remove("invalid_name", "an invalid emoji name", { name: "so so" }),
  remove("thread_locked", "a locked thread", {}, lock),
  get("channel_not_found", "an unknown channel", { channel: nowhere }),
  ...[remove, get].flatMap((call) => [
    call("bad_timestamp", "an invalid time", wrongTime),
    call("message_not_found", "an unknown message", unknownMessage),
    call("no_item_specified", "a channel without a message", noItem),
    call("file_not_found", "a file", file),
    call("file_comment_not_found", "a comment on a file", comment),
  ]),
];

const addPin = about("pins.add");
const removePin = about("pins.remove");

const pinCauses: Cause[] = [
  addPin("already_pinned", "a pinned message", {}, pin),
  addPin("not_in_channel", "a channel that the bot is not in", {}, (env) =>
    env.slack.ask("setChannel", { channel: "#security", withApp: false }),
  ),
  addPin("too_many_pins", "a 101st pin in one channel", {}, async (env) => {
    for (let count = 1; count <= 100; count++) await pin(env, await posted(env));
  }),
  cause(
    ["pins.add", "not_pinnable", "Slack's notice about a new member"],
    async (env) => {
      const [notice] = await env.slack.channel("#random").messages();
      return { channel: random, timestamp: notice?.ts };
    },
    { before: (env) => env.slack.ask("setChannel", { channel: "#random", withApp: true }) },
  ),
  removePin("no_pin", "a message that is not pinned"),
  ...[addPin, removePin].flatMap((call) => [
    call("bad_timestamp", "an invalid time", wrongTime),
    call("channel_not_found", "an unknown channel", { channel: nowhere }),
    call("external_channel_migrating", "a shared channel that is migrating", {}, migrate),
    call("message_not_found", "an unknown message", unknownMessage),
    call("no_item_specified", "a channel without a message", noItem),
    call("restricted_action", "an archived channel", {}, archive),
  ]),
  about("pins.list")("channel_not_found", "an unknown channel", { channel: nowhere }),
];

export const reactionAndPinCauses: Cause[] = [...reactionCauses, ...pinCauses];
