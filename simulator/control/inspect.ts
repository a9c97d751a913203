import { z } from "zod";
import { encodeEntities } from "../block-kit/mrkdwn.ts";
import type { Entry } from "../traffic/traffic.ts";
import { type Channel, counterpart } from "../workspace/channel.ts";
import type { Installation } from "../workspace/installation.ts";
import type { Message } from "../workspace/message.ts";
import { homeKey } from "../workspace/view.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { installationOfBot, installationsIn } from "../workspace/world.ts";
import { findChannel, findInstallation, findPerson, NotFound } from "./find.ts";
import { messageView } from "./message-view.ts";
import { verb } from "./verb.ts";

/** The app of a direct message; in other conversations the first app that is a member. */
const appOf = (workspace: Workspace, { members }: Channel) =>
  installationsIn(workspace).find(({ botUserId }) => members.has(botUserId));

type Reader = { id: string; readUpTo: Record<string, string> };

/** The number of unread messages in a direct message; 0 in other conversations. */
const unreadCount = ({ id, readUpTo }: Reader, c: Channel) =>
  c.kind === "im"
    ? [...c.messages.values()].filter((m) => m.user !== id && m.ts > (readUpTo[c.id] ?? "")).length
    : 0;

const channelView = (workspace: Workspace, c: Channel, reader: Reader | undefined) => {
  const bot = appOf(workspace, c);
  const other = c.kind === "im" ? counterpart(c, bot?.botUserId ?? reader?.id ?? "") : undefined;
  return {
    id: c.id,
    name: c.name,
    kind: c.kind,
    topic: c.topic,
    isArchived: c.isArchived,
    hasApp: bot !== undefined,
    appName: bot?.app.settings.botName,
    appId: bot?.app.id,
    memberCount: c.members.size,
    with: other,
    withName: other && workspace.users.get(other)?.realName,
    latestTs: c.latestTs,
    unread: reader ? unreadCount(reader, c) : 0,
  };
};

const appView = ({ app, botUserId, state }: Installation) => ({
  id: app.id,
  name: app.settings.botName,
  description: app.description,
  botUserId,
  state,
  requestUrl: app.settings.requestUrl,
  homeTab: app.settings.homeTab,
  messagesTab: app.settings.messagesTab,
  messagesReadOnly: app.settings.messagesReadOnly,
  commands: app.settings.commands,
  shortcuts: app.settings.shortcuts,
});

/** The workspace as a person sees it: people, apps, and their conversations with unread counts. */
export const overview = verb(
  z.object({ as: z.string().optional(), readUpTo: z.record(z.string(), z.string()).default({}) }),
  ({ workspace, changeFeed }, { as, readUpTo }) => {
    const { team, enterprise, users, channels, notices, world } = workspace;
    const me = as ? findPerson(workspace, as).id : undefined;
    const reader = me === undefined ? undefined : { id: me, readUpTo };
    return {
      version: changeFeed.version(),
      team,
      enterprise: enterprise && { id: enterprise.id, name: enterprise.name },
      teams: [...world.workspaces.values()].map((one) => one.team),
      me,
      apps: installationsIn(workspace).map(appView),
      people: [...users.values()],
      channels: [...channels.values()]
        .filter((c) => me === undefined || c.members.has(me))
        .map((c) => channelView(workspace, c, reader)),
      notices: notices.filter(({ user }) => user === me || me === undefined).slice(-20),
    };
  },
);

const jsonPart = (text: string) => JSON.stringify(text).slice(1, -1);
/** Cheap check whether a message may contain a text, without parsing its blocks. */
const mayContain = (message: Message, text: string): boolean =>
  [text, encodeEntities(text)].some(
    (form) =>
      message.blocks?.includes(jsonPart(form)) ||
      message.attachments?.includes(jsonPart(form)) ||
      message.text.includes(form),
  );

/** Messages that a person sees, oldest first: of a channel, or with `thread` of one thread with its first message. */
export const messages = verb(
  z.object({
    channel: z.string(),
    as: z.string().optional(),
    thread: z.string().optional(),
    contains: z.string().optional(),
    after: z.string().default(""),
    limit: z.int().min(1).max(100_000).default(100),
  }),
  ({ workspace }, input) => {
    const channel = findChannel(workspace, input.channel);
    const user = input.as ? findPerson(workspace, input.as).id : "";
    const { contains, thread } = input;
    const start = thread ? channel.messages.get(thread) : undefined;
    const all = start
      ? [start, ...[...channel.messages.values()].filter((m) => m.threadTs === thread)]
      : [...channel.messages.values()].filter((m) => !m.threadTs || m.subtype === "thread_broadcast");
    return all
      .filter((m) => m.ts > input.after && (!m.visibleTo || !input.as || m.visibleTo === user))
      .filter((m) => !contains || mayContain(m, contains))
      .slice(-input.limit)
      .map((message) => messageView(workspace, { channel, message, user }));
  },
);

/** All ephemeral messages for this person, oldest first. */
export const whispers = verb(z.object({ as: z.string() }), ({ workspace }, { as }) => {
  const user = findPerson(workspace, as).id;
  return [...workspace.channels.values()]
    .flatMap((channel) =>
      [...channel.messages.values()]
        .filter(({ visibleTo }) => visibleTo === user)
        .map((message) => messageView(workspace, { channel, message, user })),
    )
    .sort((a, b) => (a.ts < b.ts ? -1 : 1));
});

/** The app's IDs and secrets, which are only valid in this simulator. All are empty without an app. */
export const credentials = verb(z.object({ app: z.string().optional() }), ({ workspace }, input) => {
  if (!input.app && installationsIn(workspace).length === 0) return noCredentials;
  const { app, botId, botUserId, botToken } = findInstallation(workspace, input.app);
  return {
    appId: app.id,
    botId,
    botUserId,
    botToken,
    appToken: [...app.appTokens.keys()][0] ?? "",
    signingSecret: app.signingSecret,
    clientId: app.clientId,
    clientSecret: app.clientSecret,
  };
});

const noCredentials = {
  appId: "",
  botId: "",
  botUserId: "",
  botToken: "",
  appToken: "",
  signingSecret: "",
  clientId: "",
  clientSecret: "",
};

/** A person's open dialogs; the top one is last. */
export const dialogs = verb(z.object({ as: z.string() }), ({ workspace }, { as }) =>
  (workspace.views.get(findPerson(workspace, as).id) ?? []).map(({ id, modal, errors, hash }) => ({
    id,
    hash,
    modal,
    errors,
  })),
);

/** An app's published home tab for a person; `blocks` is null if there is none. */
export const home = verb(z.object({ as: z.string(), app: z.string().optional() }), ({ workspace }, input) => {
  const published = workspace.homes.get(
    homeKey(findInstallation(workspace, input.app), findPerson(workspace, input.as).id),
  );
  return { id: published?.id, blocks: published?.home.blocks ?? null };
});

/** Whether an app posted a message; false for Slack's notices about the app and for legacy integrations. */
const isByApp = (workspace: Workspace, { botId, subtype }: Message) =>
  botId !== undefined &&
  (subtype === undefined ||
    subtype === "thread_broadcast" ||
    subtype === "file_share" ||
    (subtype === "bot_message" && installationOfBot(workspace, botId) !== undefined));

/** All existing messages of apps, oldest first, without their blocks. */
export const sent = verb(z.object({ after: z.string().default("") }), ({ workspace }, { after }) =>
  [...workspace.channels.values()]
    .flatMap((c) =>
      [...c.messages.values()]
        .filter((m) => isByApp(workspace, m) && m.ts > after)
        .map(({ ts, threadTs, visibleTo, text }) => ({
          channel: c.id,
          name: c.name,
          ts,
          threadTs,
          visibleTo,
          text,
        })),
    )
    .sort((a, b) => (a.ts < b.ts ? -1 : 1)),
);

const matches = (entry: Entry, { contains, direction, failed }: z.output<typeof filter>) =>
  (!direction || entry.direction === direction) &&
  (!failed || (entry.outcome !== "ok" && entry.outcome !== "in progress")) &&
  (!contains ||
    [entry.what, entry.channel, entry.request, entry.answer].some((text) =>
      text?.toLowerCase().includes(contains.toLowerCase()),
    ));

const filter = z.object({
  contains: z.string().optional(),
  direction: z.enum(["app to Slack", "Slack to app"]).optional(),
  failed: z.boolean().optional(),
  /** Omits the bodies. */
  brief: z.boolean().optional(),
});

/** The logged calls after a sequence number, oldest first, optionally filtered. */
export const log = verb(
  filter.extend({ after: z.int().default(0), limit: z.int().default(1000) }),
  ({ traffic }, { after, limit, ...filters }) =>
    traffic
      .after(after)
      .filter((entry) => matches(entry, filters))
      .slice(-limit)
      .map((entry) => (filters.brief ? { ...entry, request: "", answer: "" } : entry)),
);

/** One logged call with its bodies. */
export const logEntry = verb(z.object({ seq: z.int() }), ({ traffic }, { seq }) => {
  const [entry] = traffic.after(seq - 1);
  if (entry?.seq !== seq) throw new NotFound(`The log has no entry ${seq}`);
  return entry;
});

/** Waits for a change after a version, or `waitMs`. Resolves to the current version. */
export const changes = verb(
  z.object({ after: z.int(), waitMs: z.int().max(60_000).default(25_000) }),
  async (simulator, { after, waitMs }) => ({ version: await simulator.changeFeed.after(after, waitMs) }),
);
