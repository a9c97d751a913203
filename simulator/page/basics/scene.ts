import type { OutputOf } from "../../control/serve.ts";
import type { Surroundings } from "../blocks/holding.ts";
import { ask } from "./ask.ts";
import { here, type Place } from "./place.ts";

/** All that the page shows at one moment. */
export type Scene = {
  place: Place;
  overview: OutputOf<"overview">;
  channel: OutputOf<"overview">["channels"][number] | undefined;
  messages: OutputOf<"messages">;
  thread: OutputOf<"messages">;
  dialogs: OutputOf<"dialogs">;
  log: OutputOf<"log">;
  around: Surroundings;
};

function surroundings({ people, channels }: Scene["overview"]): Surroundings {
  const names = new Map([
    ...people.map(({ id, realName }) => [id, realName] as const),
    ...channels.map(({ id, name }) => [id, name] as const),
  ]);
  return {
    names: (id) => names.get(id) ?? id,
    people: people
      .filter((person) => !person.deleted && !person.isBot)
      .map(({ id, realName, email }) => ({ id, name: realName, detail: email ?? "" })),
    channels: channels.filter(({ kind }) => kind !== "im").map(({ id, name }) => ({ id, name })),
  };
}

/** Fetches what the address asks for. A place that isn't there any more falls back to the first channel. */
export async function loadScene(): Promise<Scene> {
  const place = here();
  const overview = await ask("overview", { as: place.as });
  const channel = overview.channels.find(({ id }) => id === place.channel) ?? overview.channels.at(0);
  const { as } = place;
  const [messages, thread, dialogs, log] = await Promise.all([
    channel ? ask("messages", { channel: channel.id, as, limit: 200 }) : [],
    channel && place.thread ? ask("messages", { channel: channel.id, as, thread: place.thread }) : [],
    ask("dialogs", { as }),
    place.log ? ask("log", { limit: 200 }) : [],
  ]);
  return { place, overview, channel, messages, thread, dialogs, log, around: surroundings(overview) };
}
