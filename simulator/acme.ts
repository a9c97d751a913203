import type { App } from "./workspace/app.ts";
import type { Channel } from "./workspace/channel.ts";
import { makeUser } from "./workspace/user.ts";
import { makeWorkspace, type Workspace } from "./workspace/workspace.ts";

const app = (): App => ({
  id: "A0TOCSIN01",
  name: "Tocsin",
  clientId: "1795600000001.1795600000002",
  clientSecret: "simulated-client-secret",
  signingSecret: "simulated-signing-secret",
  verificationToken: "simulated-verification-token",
  botId: "B0TOCSIN01",
  botUserId: "U0TOCSIN01",
  botToken: "xoxb-simulated-acme-tocsin",
  scopes: new Set([
    "chat:write",
    "commands",
    "channels:read",
    "groups:read",
    "users:read",
    "users:read.email",
    "app_mentions:read",
    "im:write",
    "metadata.message:read",
  ]),
  events: new Set([
    "app_uninstalled",
    "tokens_revoked",
    "member_joined_channel",
    "member_left_channel",
    "channel_archive",
    "channel_unarchive",
    "group_archive",
    "group_unarchive",
  ]),
  requestUrl: undefined,
  state: "installed",
});

const people = [
  ["U0ADA00001", "ada", "Ada Lovelace"],
  ["U0GRACE001", "grace", "Grace Hopper"],
  ["U0EVE00001", "eve", "Eve Adler"],
  ["U0MALLORY1", "mallory", "Mallory Crane"],
] as const;

type ChannelSetup = Pick<Channel, "id" | "name" | "kind" | "topic"> & { withBot: boolean };

const channels: ChannelSetup[] = [
  { id: "C0SECURITY1", name: "security", kind: "public", topic: "Alerts and who takes them", withBot: true },
  { id: "C0PLATFORM1", name: "platform", kind: "public", topic: "Keeping the lights on", withBot: true },
  { id: "C0RANDOM001", name: "random", kind: "public", topic: "Everything else", withBot: false },
  { id: "C0SECPRIV01", name: "sec-private", kind: "private", topic: "Incidents", withBot: true },
];

/** Adds a channel. Public ones get everybody as members, private ones whom `members` names. */
export function addChannel(
  workspace: Workspace,
  given: Pick<Channel, "name"> & Partial<Channel> & { withBot?: boolean },
): Channel {
  const { withBot = true, ...rest } = given;
  const everybody = [...workspace.users.values()].filter((user) => !user.isBot).map((user) => user.id);
  const channel: Channel = {
    id: workspace.makeId("C"),
    kind: "public",
    created: Math.floor(workspace.now() / 1000),
    creator: "U0GRACE001",
    topic: "",
    isArchived: false,
    members: new Set(everybody),
    messages: new Map(),
    latestTs: undefined,
    ...rest,
  };
  if (withBot) channel.members.add(workspace.app.botUserId);
  workspace.channels.set(channel.id, channel);
  return channel;
}

/** The workspace of every story: Ada triages, Grace owns the channel, Eve is asked, Mallory may see nothing. */
export function acme(now: () => number): Workspace {
  const workspace = makeWorkspace({
    team: { id: "T0ACME0001", name: "ACME", domain: "acme" },
    app: app(),
    now,
  });
  for (const [id, name, realName] of people)
    workspace.users.set(
      id,
      makeUser({ id, name, realName, email: `${name}@acme.example`, isAdmin: name === "grace" }),
    );
  const { botUserId } = workspace.app;
  workspace.users.set(
    botUserId,
    makeUser({ id: botUserId, name: "tocsin", realName: "Tocsin", isBot: true }),
  );
  const insiders = new Set(["U0ADA00001", "U0GRACE001"]);
  for (const setup of channels)
    addChannel(workspace, setup.kind === "private" ? { ...setup, members: insiders } : setup);
  return workspace;
}
