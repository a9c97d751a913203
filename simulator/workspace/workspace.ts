import type { App } from "./app.ts";
import type { Channel } from "./channel.ts";
import type { User } from "./user.ts";
import type { View } from "./view.ts";

/** Something Slack itself tells one person, outside of messages, as "the app did not respond". */
export type Notice = { at: number; user: string; text: string; channel: string | undefined };

export type Trigger = { user: string; issuedAt: number; used: boolean; viewId: string | undefined };

/** Permission to answer one interaction through its `response_url`. */
export type ResponseUrl = {
  user: string;
  channel: string;
  messageTs: string | undefined;
  issuedAt: number;
  uses: number;
};

/** All that the pretend Slack remembers. It lives in memory only. */
export type Workspace = {
  team: { id: string; name: string; domain: string };
  app: App;
  users: Map<string, User>;
  channels: Map<string, Channel>;
  /** Open dialogs by user; the last one is on top. */
  views: Map<string, View[]>;
  notices: Notice[];
  triggers: Map<string, Trigger>;
  responseUrls: Map<string, ResponseUrl>;
  /** Milliseconds since 1970. */
  now: () => number;
  /** A new id, as `B7F2…`. */
  makeId: (prefix: string) => string;
  /** A time that no message has yet, as `1795611720.000100`. */
  makeTs: () => string;
};

/** An empty workspace around an app. */
export const makeWorkspace = (given: Pick<Workspace, "team" | "app" | "now">): Workspace => ({
  ...given,
  users: new Map(),
  channels: new Map(),
  views: new Map(),
  notices: [],
  triggers: new Map(),
  responseUrls: new Map(),
  makeId: counterIds(),
  makeTs: increasingTimes(given.now),
});

function counterIds(): Workspace["makeId"] {
  let last = 46_656 * 36;
  return (prefix) => `${prefix}0SIM${(++last).toString(36).toUpperCase()}`;
}

function increasingTimes(now: () => number): Workspace["makeTs"] {
  let last = 0;
  return () => {
    // Slack's times have six decimals, of which the clock gives three.
    last = Math.max(last + 1, now() * 1000);
    return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, "0")}`;
  };
}
