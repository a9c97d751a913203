import type { OutputOf } from "../control/serve.ts";
import { ask, Refused } from "./ask.ts";
import type { Surroundings } from "./blocks/control-props.ts";
import { go, here, type Place } from "./place.ts";
import { logFilter } from "./traffic/log-filter.ts";

type Overview = OutputOf<"overview">;
export type Channel = Overview["channels"][number];
export type App = Overview["apps"][number];

/** All that the page shows at one moment. */
export type Scene = {
  place: Place;
  overview: Overview;
  channel: Channel | undefined;
  /** The app whose conversation is open. */
  app: App | undefined;
  home: OutputOf<"home"> | undefined;
  messages: OutputOf<"messages">;
  thread: OutputOf<"messages">;
  dialogs: OutputOf<"dialogs">;
  log: OutputOf<"log">;
  around: Surroundings;
};

function surroundings({ people, channels, me }: Overview): Surroundings {
  const names = new Map([
    ...people.map(({ id, realName }) => [id, realName] as const),
    ...channels.map(({ id, name }) => [id, name] as const),
  ]);
  return {
    me: me ?? "",
    names: (id) => names.get(id) ?? id,
    people: people
      .filter((person) => !person.deleted && !person.isBot)
      .map(({ id, realName, email }) => ({ id, name: realName, detail: email ?? "" })),
    channels: channels
      .filter(({ kind }) => kind !== "im")
      .map(({ id, name, kind }) => ({ id, name, isPrivate: kind === "private" })),
  };
}

/** Who acts when nobody is named, or whoever is named isn't there: the first person of the workspace. */
async function settle({ team, log }: Place): Promise<undefined> {
  const { people } = await ask("overview", {});
  const first = people.find(({ isBot, deleted }) => !isBot && !deleted);
  if (!first) throw new Error("Nobody is in this workspace");
  go({ team, as: first.name, channel: "", thread: "", tab: "messages", log });
  return undefined;
}

async function overviewFor(place: Place): Promise<Overview | undefined> {
  if (!place.as) return settle(place);
  try {
    return await ask("overview", { as: place.as, readUpTo: readUpTo(place.as) });
  } catch (fault) {
    if (fault instanceof Refused && fault.isNotThere) return settle({ ...place, team: "" });
    throw fault;
  }
}

/** Fetches what the address asks for; nothing when it had to be put right first. A channel that isn't there falls back to the first. */
export async function loadScene(): Promise<Scene | undefined> {
  const place = here();
  const overview = await overviewFor(place);
  if (!overview) return undefined;
  const channel =
    overview.channels.find(({ id }) => id === place.channel) ??
    overview.channels.find(({ kind }) => kind !== "im");
  const app = channel?.kind === "im" ? overview.apps.find(({ id }) => id === channel.appId) : undefined;
  const { as } = place;
  const [messages, thread, dialogs, log, home] = await Promise.all([
    channel ? ask("messages", { channel: channel.id, as, limit: 200 }) : [],
    channel && place.thread ? ask("messages", { channel: channel.id, as, thread: place.thread }) : [],
    ask("dialogs", { as }),
    place.log ? ask("log", { limit: 200, brief: true, ...logFilter() }) : [],
    app && place.tab === "home" ? ask("home", { as, app: app.name }) : undefined,
  ]);
  return {
    place,
    overview,
    channel,
    app,
    home,
    messages,
    thread,
    dialogs,
    log,
    around: surroundings(overview),
  };
}

// Slack keeps this for each person; here each window does, so that one may look at the same channel as two people.
const key = (as: string) => `seen/${as}`;

/** Up to which message a person has read each conversation, in this window. */
export const readUpTo = (as: string): Record<string, string> =>
  JSON.parse(sessionStorage.getItem(key(as)) ?? "{}");

/** A person has a conversation before their eyes, with this as its last message. */
export function markRead(as: string, channel: string, ts: string): void {
  const seen = readUpTo(as);
  if ((seen[channel] ?? "") < ts) sessionStorage.setItem(key(as), JSON.stringify({ ...seen, [channel]: ts }));
}
