import type { OutputOf } from "../control/serve.ts";
import { ask, ControlError } from "./ask.ts";
import type { WorkspaceInfo } from "./blocks/control-props.ts";
import { currentRoute, navigate, type Route } from "./route.ts";
import { logFilter } from "./traffic/log-filter.ts";

type Overview = OutputOf<"overview">;
export type Channel = Overview["channels"][number];
export type App = Overview["apps"][number];

/** The data for one drawing of the page. */
export type PageState = {
  route: Route;
  overview: Overview;
  channel: Channel | undefined;
  /** The app whose conversation is open. */
  app: App | undefined;
  home: OutputOf<"home"> | undefined;
  messages: OutputOf<"messages">;
  thread: OutputOf<"messages">;
  dialogs: OutputOf<"dialogs">;
  log: OutputOf<"log">;
  workspace: WorkspaceInfo;
};

function workspaceInfo({ people, channels, me }: Overview): WorkspaceInfo {
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

/** Redirects to the first person of the workspace if the route names no person or an unknown one. */
async function redirectToFirstPerson({ team, log }: Route): Promise<undefined> {
  const { people } = await ask("overview", {});
  const first = people.find(({ isBot, deleted }) => !isBot && !deleted);
  if (!first) throw new Error("This workspace has no people");
  navigate({ team, as: first.name, channel: "", thread: "", tab: "messages", log });
  return undefined;
}

async function overviewFor(route: Route): Promise<Overview | undefined> {
  if (!route.as) return redirectToFirstPerson(route);
  try {
    return await ask("overview", { as: route.as, readUpTo: readUpTo(route.as) });
  } catch (fault) {
    if (fault instanceof ControlError && fault.isNotFound)
      return redirectToFirstPerson({ ...route, team: "" });
    throw fault;
  }
}

/** Loads the data for the current route; undefined after a redirect. An unknown channel falls back to the first one. */
export async function loadPageState(): Promise<PageState | undefined> {
  const route = currentRoute();
  const overview = await overviewFor(route);
  if (!overview) return undefined;
  const channel =
    overview.channels.find(({ id }) => id === route.channel) ??
    overview.channels.find(({ kind }) => kind !== "im");
  const app = channel?.kind === "im" ? overview.apps.find(({ id }) => id === channel.appId) : undefined;
  const { as } = route;
  const [messages, thread, dialogs, log, home] = await Promise.all([
    channel ? ask("messages", { channel: channel.id, as, limit: 200 }) : [],
    channel && route.thread ? ask("messages", { channel: channel.id, as, thread: route.thread }) : [],
    ask("dialogs", { as }),
    route.log ? ask("log", { limit: 200, brief: true, ...logFilter() }) : [],
    app && route.tab === "home" ? ask("home", { as, app: app.id }) : undefined,
  ]);
  return {
    route,
    overview,
    channel,
    app,
    home,
    messages,
    thread,
    dialogs,
    log,
    workspace: workspaceInfo(overview),
  };
}

// Stored per window, unlike in Slack, so that two windows can show the same channel as different people.
const key = (as: string) => `seen/${as}`;

/** The `ts` of the last message that a person has read, by channel ID, in this window. */
export const readUpTo = (as: string): Record<string, string> =>
  JSON.parse(sessionStorage.getItem(key(as)) ?? "{}");

/** Marks a conversation as read up to a message. */
export function markRead(as: string, channel: string, ts: string): void {
  const seen = readUpTo(as);
  if ((seen[channel] ?? "") < ts) sessionStorage.setItem(key(as), JSON.stringify({ ...seen, [channel]: ts }));
}
