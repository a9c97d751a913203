import { expect } from "vitest";
import type { Setting } from "./setting.ts";

const everyScope = [
  ..."chat:write commands channels:read groups:read users:read users:read.email app_mentions:read".split(" "),
  ..."channels:history groups:history im:history im:write metadata.message:read".split(" "),
];
const everyEvent = [
  ..."app_home_opened app_mention app_uninstalled tokens_revoked user_change team_join".split(" "),
  ..."team_access_granted team_access_revoked member_joined_channel member_left_channel".split(" "),
  ..."channel_archive channel_unarchive channel_rename channel_deleted channel_left".split(" "),
  ..."channel_id_changed channel_shared channel_unshared message.channels message.groups message.im".split(
    " ",
  ),
  ..."group_archive group_unarchive group_rename group_deleted group_left".split(" "),
];

/** A simulator whose app may know everything and listens to all of it. */
export type Listening = Setting & {
  everyScope: readonly string[];
  envelopes: () => ReturnType<typeof Object>[];
  /** The envelopes of the events of a type that have come. */
  events: (type: string) => ReturnType<typeof Object>[];
  /** Waits for an event, by its type and subtype. */
  heard: (type: string, subtype?: string) => Promise<ReturnType<typeof Object>>;
  /** Waits until what was on its way has come. */
  settled: () => Promise<void>;
  say: (text: string, channel?: string, as?: string) => Promise<void>;
};

export async function listening(here: Setting): Promise<Listening> {
  const { slack, app } = here;
  await slack.ask("setApp", { scopes: everyScope, events: everyEvent });
  const envelopes = () => app.received.map(({ payload }) => Object(payload));
  const events = (type: string) => envelopes().filter(({ event }) => event?.type === type);
  const heard = async (type: string, subtype?: string) => {
    const find = () => events(type).find(({ event }) => event.subtype === subtype)?.event;
    await expect.poll(find, { message: `${type} ${subtype ?? ""}` }).toBeDefined();
    return find();
  };
  return {
    ...here,
    everyScope,
    envelopes,
    events,
    heard,
    async settled() {
      await slack.ask("openHome", { as: "mallory" });
      await heard("app_home_opened");
    },
    say: (text, channel = "#security", as = "eve") => slack.channel(channel).say(text, { as }),
  };
}
