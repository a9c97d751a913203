import type { Option } from "../block-kit/schema/composition.ts";
import type { App } from "./app.ts";
import type { Channel } from "./channel.ts";
import type { Installation } from "./installation.ts";
import type { ScheduledMessage } from "./scheduled-message.ts";
import type { User } from "./user.ts";
import type { HomeTab, View } from "./view.ts";

/** Something Slack itself shows to one person outside of messages, such as "the app did not respond". */
type Notice = { at: number; user: string; text: string; channel: string | undefined };

export type Trigger = {
  installation: Installation;
  user: string;
  issuedAt: number;
  used: boolean;
  viewId: string | undefined;
};

/** A `response_url`: lets an app answer one interaction. */
export type ResponseUrl = {
  installation: Installation;
  user: string;
  channel: string;
  messageTs: string | undefined;
  issuedAt: number;
  uses: number;
};

/** A file that an app announced. Its content is received and dropped. */
type Upload = {
  id: string;
  /** The secret part of the URL that takes the content. */
  ticket: string;
  installation: Installation;
  name: string;
  /** In bytes. */
  size: number;
  isReceived: boolean;
};

/** The state of a workspace in Slack. With `failing_late`, Slack does the work and then answers an error. */
export type Condition =
  | "well"
  | "joining_organisation"
  | "moved_to_organisation"
  | "out_of_service"
  | "failing"
  | "failing_late";

/** Rare reasons why a call about a workspace is refused. */
type WorkspaceLimits = {
  condition: Condition;
  /** How long messages can be edited, in milliseconds; no limit if unset. */
  editWindowMs: number | undefined;
  /** Whether a workspace on the free plan has used up its messages. */
  isOverMessageLimit: boolean;
  /** Messages per minute that an app may send in all channels together. Unset by default: Slack publishes no number. */
  messagesPerMinute: number | undefined;
  /** Whether an organisation's token can't look people up by email. */
  hidesEmails: boolean;
  /** Whether a preference keeps apps and members from creating channels. */
  onlyAdminsCreateChannels: boolean;
  /** Whether the user list is so long that `limit` is required. */
  hasManyUsers: boolean;
};

const noLimits: WorkspaceLimits = {
  condition: "well",
  editWindowMs: undefined,
  isOverMessageLimit: false,
  messagesPerMinute: undefined,
  hidesEmails: false,
  onlyAdminsCreateChannels: false,
  hasManyUsers: false,
};

/** The whole state of the simulator. It is kept in memory only. */
export type World = {
  workspaces: Map<string, Workspace>;
  organisations: Map<string, Organisation>;
  apps: Map<string, App>;
  /** Keyed by bot token. */
  installations: Map<string, Installation>;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Returns a new ID, such as `B7F2…`. */
  makeId: (prefix: string) => string;
  /** Returns an unused message time, such as `1795611720.000100`. */
  makeTs: () => string;
  /** The number of messages kept per channel, including ephemeral ones and replies; older ones are dropped. */
  keptMessages: number;
  /** How long an app may take to answer a request, and to open a dialog after it, in milliseconds. */
  patienceMs: number;
};

/** One workspace of the simulator. */
export type Workspace = {
  world: World;
  team: { id: string; name: string; domain: string };
  /** The organisation that it belongs to, if any. */
  enterprise: Organisation | undefined;
  users: Map<string, User>;
  channels: Map<string, Channel>;
  /** Channel IDs of direct and group messages, keyed by `directKey`. */
  directs: Map<string, string>;
  /** Open dialogs by user ID; the last one is on top. */
  views: Map<string, View[]>;
  /** Published home tabs, keyed by `homeKey`. */
  homes: Map<string, HomeTab>;
  notices: Notice[];
  triggers: Map<string, Trigger>;
  responseUrls: Map<string, ResponseUrl>;
  /** Options that apps have offered for searches; see `client/suggestions.ts`. */
  suggestions: Map<string, Map<string, Option>>;
  /** Files that apps are uploading, by their ID. */
  uploads: Map<string, Upload>;
  /** Messages that apps have scheduled, by their ID. */
  scheduled: Map<string, ScheduledMessage>;
  /** Messages by bot and `client_msg_id`. */
  clientMessages: Map<string, { channel: string; ts: string }>;
  limits: WorkspaceLimits;
} & Pick<World, "now" | "makeId" | "makeTs">;

/** Creates an empty workspace and adds it to the world. */
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
    uploads: new Map(),
    scheduled: new Map(),
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

/** An Enterprise organisation: several workspaces in which people have the same ID. */
export type Organisation = {
  id: string;
  name: string;
  domain: string;
  teams: Set<string>;
};
