import type { Option } from "../block-kit/schema/composition.ts";
import type { App } from "./app.ts";
import type { Channel } from "./channel.ts";
import type { Installation } from "./installation.ts";
import type { User } from "./user.ts";
import type { HomeTab, View } from "./view.ts";

/** Something Slack itself tells one person, outside of messages, as "the app did not respond". */
type Notice = { at: number; user: string; text: string; channel: string | undefined };

export type Trigger = {
  installation: Installation;
  user: string;
  issuedAt: number;
  used: boolean;
  viewId: string | undefined;
};

/** Permission to answer one interaction through its `response_url`. */
export type ResponseUrl = {
  installation: Installation;
  user: string;
  channel: string;
  messageTs: string | undefined;
  issuedAt: number;
  uses: number;
};

/** How Slack fares with a workspace. `failing_late` is when it does the work and then breaks. */
export type Condition =
  | "well"
  | "joining_organisation"
  | "moved_to_organisation"
  | "out_of_service"
  | "failing"
  | "failing_late";

/** What may rarely stand in the way of a call about a workspace. */
type WorkspaceLimits = {
  condition: Condition;
  /** How long messages can be edited; for ever when not set. */
  editWindowMs: number | undefined;
  /** Whether a workspace that doesn't pay has used its messages up. */
  isOverMessageLimit: boolean;
  /** Messages an app may send a minute, in all channels. Slack publishes no number, so there is none. */
  messagesPerMinute: number | undefined;
  /** Whether people can't be looked up by e-mail with the token of an organisation. */
  hidesEmails: boolean;
  /** Whether the list of users is too long to be had without `limit`. */
  hasManyUsers: boolean;
};

const noLimits: WorkspaceLimits = {
  condition: "well",
  editWindowMs: undefined,
  isOverMessageLimit: false,
  messagesPerMinute: undefined,
  hidesEmails: false,
  hasManyUsers: false,
};

/** All that the pretend Slack remembers. It lives in memory only. */
export type World = {
  workspaces: Map<string, Workspace>;
  organisations: Map<string, Organisation>;
  apps: Map<string, App>;
  /** By bot token. */
  installations: Map<string, Installation>;
  /** Milliseconds since 1970. */
  now: () => number;
  /** A new id, as `B7F2…`. */
  makeId: (prefix: string) => string;
  /** A time that no message has yet, as `1795611720.000100`. */
  makeTs: () => string;
  /** Messages that a channel keeps, ephemeral ones and replies too; the oldest are forgotten beyond that. */
  keptMessages: number;
};

/** One workspace of the pretend Slack. */
export type Workspace = {
  world: World;
  team: { id: string; name: string; domain: string };
  /** The organisation it belongs to, if it does. */
  enterprise: Organisation | undefined;
  users: Map<string, User>;
  channels: Map<string, Channel>;
  /** Ids of the direct messages between a bot and people, by all their ids. */
  directs: Map<string, string>;
  /** Open dialogs by user; the last one is on top. */
  views: Map<string, View[]>;
  /** What apps have published on their home tabs, by `homeKey`. */
  homes: Map<string, HomeTab>;
  notices: Notice[];
  triggers: Map<string, Trigger>;
  responseUrls: Map<string, ResponseUrl>;
  /** Options that apps gave to people for their searches; see `deeds/suggestions.ts`. */
  suggestions: Map<string, Map<string, Option>>;
  /** Which message an app's own id for it became, by bot and that id. */
  clientMessages: Map<string, { channel: string; ts: string }>;
  limits: WorkspaceLimits;
} & Pick<World, "now" | "makeId" | "makeTs">;

/** An empty workspace, which stands in the world from then on. */
export function makeWorkspace(
  world: World,
  { team, enterprise }: Pick<Workspace, "team"> & { enterprise?: Organisation },
): Workspace {
  const workspace: Workspace = {
    world,
    team,
    enterprise,
    users: new Map(),
    channels: new Map(),
    directs: new Map(),
    views: new Map(),
    homes: new Map(),
    notices: [],
    triggers: new Map(),
    responseUrls: new Map(),
    suggestions: new Map(),
    clientMessages: new Map(),
    limits: { ...noLimits },
    now: world.now,
    makeId: world.makeId,
    makeTs: world.makeTs,
  };
  enterprise?.teams.add(team.id);
  world.workspaces.set(team.id, workspace);
  return workspace;
}

/** An Enterprise organisation: several workspaces whose people have one id in all of them. */
export type Organisation = {
  id: string;
  name: string;
  domain: string;
  teams: Set<string>;
};
