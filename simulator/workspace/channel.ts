import type { Message } from "./message.ts";

export type ChannelKind = "public" | "private" | "im" | "mpim";

/** Who may post what in a channel, as its managers have set it; `key_revoked` is Enterprise Key Management. */
export type PostingPermission =
  | "everyone"
  | "some_people"
  | "read_only"
  | "threads_only"
  | "no_threads"
  | "no_apps"
  | "key_revoked";

/** Rare reasons why a call about a channel is refused. */
export type ChannelLimits = {
  posting: PostingPermission;
  /** Belongs to a Salesforce record and is closed to apps. */
  isLimitedAccess: boolean;
  /** Shared with a company that is migrating into an organisation. */
  isMigrating: boolean;
  isFull: boolean;
};

/** Who pinned a message, and when, in seconds since 1970. */
export type Pin = { by: string; at: number };

/** A conversation. `messages` holds everything in it, including replies and ephemeral messages, oldest first. */
export type Channel = {
  id: string;
  name: string;
  /** The names before it was renamed, newest first. */
  previousNames: readonly string[];
  kind: ChannelKind;
  created: number;
  creator: string;
  topic: string;
  isArchived: boolean;
  /** Shared with another company (Slack Connect). */
  isExtShared: boolean;
  limits: ChannelLimits;
  members: Set<string>;
  messages: Map<string, Message>;
  /** The pins by the `ts` of their messages, oldest first. */
  pins: Map<string, Pin>;
  latestTs: string | undefined;
};

/** A public channel in which every member may post; `given` overrides the defaults. */
export const makeChannel = (
  given: Pick<Channel, "id" | "name" | "created" | "creator" | "members"> & Partial<Channel>,
): Channel => ({
  kind: "public",
  topic: "",
  isArchived: false,
  isExtShared: false,
  limits: { posting: "everyone", isLimitedAccess: false, isMigrating: false, isFull: false },
  messages: new Map(),
  pins: new Map(),
  previousNames: [],
  latestTs: undefined,
  ...given,
});

/** The other person of a direct message with the app's bot. */
export const counterpart = (channel: Channel, botUserId: string): string | undefined =>
  [...channel.members].find((id) => id !== botUserId);
