import type { InputOf, OutputOf } from "../control/serve.ts";
import { type ChannelStory, channelStory } from "./channel.ts";
import { type AppUnderTest, type Ask, askAt, type Context, expectedKey, type Followed } from "./context.ts";
import { type Dialog, dialogOf } from "./dialog.ts";
import { eventually, type Patience } from "./eventually.ts";
import { nameOf, visibleText } from "./visible-text.ts";

export type Slack = {
  /** For `SLACK_API_URL` and `slackApiUrl`: ends in `/api/`. */
  apiUrl: string;
  pageUrl: string;
  app: OutputOf<"credentials">;
  users: Record<"ada" | "grace" | "eve" | "mallory", { id: string; email: string }>;
  /** Everything else that can be asked of the simulator; `control/` says what. */
  ask: Ask;
  setRequestUrl: (url: string) => Promise<void>;
  /** Adds a person, or changes one, so that stories can speak of them. */
  setUser: (user: InputOf<"setUser">) => Promise<void>;
  channel: (name: string) => ChannelStory;
  dialogOf: (person: string, patience?: Patience & { titled?: string }) => Promise<Dialog>;
  /** Waits for an ephemeral message, or a banner of Slack's own, that only this person sees. */
  expectPrivately: (person: string, text: string, patience?: Patience) => Promise<void>;
  log: { entries: () => Promise<OutputOf<"log">> };
  /** Messages that contain this may come without being expected. */
  ignore: (text: string) => void;
  /** Fails when the app sent anything that no sentence expected or ignored. */
  expectNothingUnexpected: () => Promise<void>;
  /** Sentences wait for this app from now on: for what it is doing when they find what they expect, else until it is idle. */
  follow: (app: AppUnderTest | null) => void;
  /** The same language in another workspace, by name or id. */
  in: (team: string) => Promise<Slack>;
  close: () => Promise<void>;
};

async function expectPrivately(
  context: Context,
  as: string,
  { text, ...patience }: Patience & { text: string },
): Promise<void> {
  const { ask, name, expected } = context;
  const seen = async () => {
    const [{ notices }, messages] = await Promise.all([ask("overview", { as }), ask("whispers", { as })]);
    return { notices, messages };
  };
  const look = async () => {
    const { notices, messages } = await seen();
    const found = messages.find((message) => visibleText(message, name).includes(text));
    if (found) expected.add(expectedKey(found));
    return found ?? notices.find((notice) => notice.text.includes(text));
  };
  const complain = async () => {
    const { notices, messages } = await seen();
    const there = [...messages.map((m) => visibleText(m, name)), ...notices.map((n) => n.text)];
    return `${as} was not told "${text}" privately, but:\n${there.join("\n") || "nothing"}`;
  };
  await eventually(context, look, { ...patience, complain });
}

async function expectNothingUnexpected(
  { ask, followed, expected }: Context,
  ignored: readonly string[],
): Promise<void> {
  await followed.app?.idle();
  const stray = (await ask("sent", {})).filter(
    (message) => !expected.has(expectedKey(message)) && !ignored.some((text) => message.text.includes(text)),
  );
  if (stray.length === 0) return;
  const lines = stray.map((m) => `#${m.name}${m.threadTs ? " (thread)" : ""}: ${m.text}`);
  throw new Error(`Slack was sent what nobody expected:\n${lines.join("\n")}`);
}

/** The language of stories for the simulator that listens at `origin`; `close` ends what was started for it. */
export async function tellStory(
  origin: string,
  close: () => Promise<void>,
  { team, followed = { app: null } }: { team?: string; followed?: Followed } = {},
): Promise<Slack> {
  const ask = askAt(origin, team);
  const app = await ask("credentials", {});
  const people = (await ask("overview", {})).people;
  const context: Context = { ask, people, name: nameOf(people), followed, expected: new Set() };
  const ignored: string[] = [];
  const who = (name: string) => {
    const user = people.find((u) => u.name === name);
    return { id: user?.id ?? "", email: user?.email ?? "" };
  };
  return {
    apiUrl: `${origin}/api/`,
    pageUrl: `${origin}/`,
    app,
    users: { ada: who("ada"), grace: who("grace"), eve: who("eve"), mallory: who("mallory") },
    ask,
    setRequestUrl: async (requestUrl) => void (await ask("settings", { requestUrl })),
    async setUser(user) {
      await ask("setUser", user);
      people.splice(0, people.length, ...(await ask("overview", {})).people);
    },
    channel: (name) => channelStory(context, name),
    dialogOf: (person, patience) => dialogOf(context, person, patience),
    expectPrivately: (person, text, patience) => expectPrivately(context, person, { text, ...patience }),
    log: { entries: () => ask("log", { limit: 100_000 }) },
    ignore: (text) => void ignored.push(text),
    expectNothingUnexpected: () => expectNothingUnexpected(context, ignored),
    follow: (app) => {
      followed.app = app;
    },
    in: (other) => tellStory(origin, close, { team: other, followed }),
    close,
  };
}

/** The language of stories for a simulator that runs in another process, as at `http://127.0.0.1:4001`. */
export const connectSimulator = (origin: string): Promise<Slack> =>
  tellStory(origin.replace(/\/$/, ""), () => Promise.resolve());
