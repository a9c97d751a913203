import type { Option } from "../block-kit/shapes/composition.ts";
import type { App } from "./app.ts";
import type { Channel } from "./channel.ts";
import type { Installation } from "./installation.ts";
import type { Organisation } from "./organisation.ts";
import type { User } from "./user.ts";
import type { HomeTab, View } from "./view.ts";

/** Something Slack itself tells one person, outside of messages, as "the app did not respond". */
export type Notice = { at: number; user: string; text: string; channel: string | undefined };

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
  /** Ids of the direct messages between a bot and a person, by both their ids. */
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
    now: world.now,
    makeId: world.makeId,
    makeTs: world.makeTs,
  };
  enterprise?.teams.add(team.id);
  world.workspaces.set(team.id, workspace);
  return workspace;
}
