import type { InputOf, OutputOf } from "../control/serve.ts";
import { type ChannelStory, channelStory } from "./channel.ts";
import {
  type AppUnderTest,
  type Ask,
  askAt,
  type Context,
  expectedKey,
  privateTexts,
  readPrivate,
  type WatchedApp,
} from "./context.ts";
import { type Dialog, type DialogOptions, dialogOf } from "./dialog.ts";
import { eventually, type WaitOptions } from "./eventually.ts";
import { nameOf, visibleText } from "./visible-text.ts";

export type Slack = {
  /** The value for `SLACK_API_URL` and `slackApiUrl`; ends in `/api/`. */
  apiUrl: string;
  pageUrl: string;
  app: OutputOf<"credentials">;
  users: Record<"ada" | "grace" | "eve" | "mallory", { id: string; email: string }>;
  /** Calls any control verb; see `control/`. */
  ask: Ask;
  setRequestUrl: (url: string) => Promise<void>;
  /** Adds or changes a person, and makes the name known to the story. */
  setUser: (user: InputOf<"setUser">) => Promise<void>;
  channel: (name: string) => ChannelStory;
  dialogOf: (person: string, options?: DialogOptions) => Promise<Dialog>;
  /** Waits for an ephemeral message or a notice of Slack for this person. */
  expectPrivately: (person: string, text: string, waitOptions?: WaitOptions) => Promise<void>;
  log: { entries: () => Promise<OutputOf<"log">> };
  /** Allows unexpected messages that contain this text. */
  ignore: (text: string) => void;
  /** Fails if the app sent a message that the story neither expected nor ignored. */
  expectNothingUnexpected: () => Promise<void>;
  /** Lets expectations wait until this app has settled, and assertions of absence until it is idle. */
  watch: (app: AppUnderTest | null) => void;
  /** The same object for another workspace, by name or ID. */
  in: (team: string) => Promise<Slack>;
  close: () => Promise<void>;
};

async function expectPrivately(
  context: Context,
  as: string,
  { text, ...waitOptions }: WaitOptions & { text: string },
): Promise<void> {
  const { name, expected } = context;
  const check = async () => {
    const { notices, messages } = await readPrivate(context, as);
    const found = messages.find((message) => visibleText(message, name).includes(text));
    if (found) expected.add(expectedKey(found));
    return found ?? notices.find((notice) => notice.text.includes(text));
  };
  const failure = async () =>
    `${as} has no private message with "${text}". The private messages are:\n${await privateTexts(context, as)}`;
  await eventually(context, check, { ...waitOptions, failure });
}

async function expectNothingUnexpected(
  { ask, watched, expected }: Context,
  ignored: readonly string[],
): Promise<void> {
  await watched.app?.idle();
  const unexpected = (await ask("sent", {})).filter(
    (message) => !expected.has(expectedKey(message)) && !ignored.some((text) => message.text.includes(text)),
  );
  if (unexpected.length === 0) return;
  const lines = unexpected.map((m) => `#${m.name}${m.threadTs ? " (thread)" : ""}: ${m.text}`);
  throw new Error(`The app sent unexpected messages:\n${lines.join("\n")}`);
}

/** The object through which stories use the simulator at `origin`. `close` is called by its own `close`. */
export async function slackStory(
  origin: string,
  close: () => Promise<void>,
  { team, watched = { app: null } }: { team?: string; watched?: WatchedApp } = {},
): Promise<Slack> {
  const ask = askAt(origin, team);
  const app = await ask("credentials", {});
  const people = (await ask("overview", {})).people;
  const context: Context = { ask, people, name: nameOf(people), watched, expected: new Set() };
  const ignored: string[] = [];
  const userRef = (name: string) => {
    const user = people.find((u) => u.name === name);
    return { id: user?.id ?? "", email: user?.email ?? "" };
  };
  return {
    apiUrl: `${origin}/api/`,
    pageUrl: `${origin}/`,
    app,
    users: { ada: userRef("ada"), grace: userRef("grace"), eve: userRef("eve"), mallory: userRef("mallory") },
    ask,
    setRequestUrl: async (requestUrl) => void (await ask("settings", { requestUrl })),
    async setUser(user) {
      await ask("setUser", user);
      people.splice(0, people.length, ...(await ask("overview", {})).people);
    },
    channel: (name) => channelStory(context, name),
    dialogOf: (person, options) => dialogOf(context, person, options),
    expectPrivately: (person, text, waitOptions) =>
      expectPrivately(context, person, { text, ...waitOptions }),
    log: { entries: () => ask("log", { limit: 100_000 }) },
    ignore: (text) => void ignored.push(text),
    expectNothingUnexpected: () => expectNothingUnexpected(context, ignored),
    watch: (app) => {
      watched.app = app;
    },
    in: (other) => slackStory(origin, close, { team: other, watched }),
    close,
  };
}

/** Connects a story to a simulator in another process, for example at `http://127.0.0.1:4001`. */
export const connectSimulator = (origin: string): Promise<Slack> =>
  slackStory(origin.replace(/\/$/, ""), () => Promise.resolve());
