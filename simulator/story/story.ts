import type { OutputOf } from "../control/serve.ts";
import type { App } from "../workspace/app.ts";
import type { User } from "../workspace/user.ts";
import { type Ask, askAt } from "./ask.ts";
import { type ChannelStory, channelStory } from "./channel.ts";
import { type Context, expectedKey } from "./context.ts";
import { type Dialog, dialogOf } from "./dialog.ts";
import { eventually, type Patience } from "./eventually.ts";
import { nameOf, visibleText } from "./visible-text.ts";

export type Slack = {
  /** For `SLACK_API_URL` and `slackApiUrl`: ends in `/api/`. */
  apiUrl: string;
  pageUrl: string;
  app: Pick<App, "id" | "botToken" | "signingSecret" | "clientId" | "clientSecret" | "botId" | "botUserId">;
  users: Record<"ada" | "grace" | "eve" | "mallory", { id: string; email: string }>;
  /** Everything else that can be asked of the simulator; `control/` says what. */
  ask: Ask;
  setRequestUrl: (url: string) => Promise<void>;
  channel: (name: string) => ChannelStory;
  dialogOf: (person: string, patience?: Patience & { titled?: string }) => Promise<Dialog>;
  /** Waits for an ephemeral message, or a banner of Slack's own, that only this person sees. */
  expectPrivately: (person: string, text: string, patience?: Patience) => Promise<void>;
  log: { entries: () => Promise<OutputOf<"log">> };
  /** Messages that contain this may come without being expected. */
  ignore: (text: string) => void;
  /** Fails when the app sent anything that no sentence expected or ignored. */
  expectNothingUnexpected: () => Promise<void>;
  close: () => Promise<void>;
};

type Setup = { app: App; users: readonly User[]; close: () => Promise<void> };

async function expectPrivately(
  context: Context,
  person: string,
  { text, ...patience }: Patience & { text: string },
) {
  const { ask, name, expected } = context;
  const user = context.people.find((p) => p.name === person || p.id === person);
  if (!user) throw new Error(`Nobody here is called ${person}`);
  const seen = async () => {
    const { channels, notices } = await ask("overview", { as: person });
    const lists = await Promise.all(
      channels.map(({ id }) => ask("messages", { channel: id, as: person, privately: true, limit: 1000 })),
    );
    return { notices, messages: lists.flat() };
  };
  await eventually(
    ask,
    async () => {
      const { notices, messages } = await seen();
      const found = messages.find((m) => visibleText(m, name).includes(text));
      if (found) expected.add(expectedKey(found));
      return found ?? notices.find((notice) => notice.text.includes(text));
    },
    {
      ...patience,
      complain: async () => {
        const { notices, messages } = await seen();
        const there = [...messages.map((m) => visibleText(m, name)), ...notices.map((n) => n.text)];
        return `${person} was not told "${text}" privately, but:\n${there.join("\n") || "nothing"}`;
      },
    },
  );
}

/** The language of stories for the simulator that listens at `origin`. */
export function tellStory(origin: string, { app, users, close }: Setup): Slack {
  const ask = askAt(origin);
  const context: Context = { ask, people: users, name: nameOf(users), expected: new Set() };
  const ignored: string[] = [];
  const who = (name: string) => {
    const user = users.find((u) => u.name === name);
    return { id: user?.id ?? "", email: user?.email ?? "" };
  };
  return {
    apiUrl: `${origin}/api/`,
    pageUrl: `${origin}/`,
    app,
    users: { ada: who("ada"), grace: who("grace"), eve: who("eve"), mallory: who("mallory") },
    ask,
    setRequestUrl: async (requestUrl) => void (await ask("settings", { requestUrl })),
    channel: (name) => channelStory(context, name),
    dialogOf: (person, patience) => dialogOf(context, person, patience),
    expectPrivately: (person, text, patience) => expectPrivately(context, person, { text, ...patience }),
    log: { entries: () => ask("log", { limit: 100_000 }) },
    ignore: (text) => void ignored.push(text),
    async expectNothingUnexpected() {
      const stray = (await ask("sent", {})).filter(
        (m) => !context.expected.has(expectedKey(m)) && !ignored.some((text) => m.text.includes(text)),
      );
      if (stray.length === 0) return;
      const lines = stray.map((m) => `#${m.name}${m.threadTs ? " (thread)" : ""}: ${m.text}`);
      throw new Error(`Slack was sent what nobody expected:\n${lines.join("\n")}`);
    },
    close,
  };
}
