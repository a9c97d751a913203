import type { Message } from "./message.ts";

export type ChannelKind = "public" | "private" | "im" | "mpim";

/** Who may write what into a channel, as its managers have set it; `key_revoked` is Enterprise Key Management. */
export type Posting =
  | "everyone"
  | "some_people"
  | "read_only"
  | "threads_only"
  | "no_threads"
  | "no_apps"
  | "key_revoked";

/** What may rarely stand in the way of a call about a channel. */
export type ChannelLimits = {
  posting: Posting;
  /** Of a Salesforce record, and closed to apps. */
  isLimitedAccess: boolean;
  /** Shared with a company that is just moving into an organisation. */
  isMigrating: boolean;
  isFull: boolean;
};

/** A conversation. `messages` holds all of it, replies and ephemeral messages too, in order of time. */
export type Channel = {
  id: string;
  name: string;
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
  latestTs: string | undefined;
};

/** A public channel that everybody in it may write into; `given` says what is different. */
export const makeChannel = (
  given: Pick<Channel, "id" | "name" | "created" | "creator" | "members"> & Partial<Channel>,
): Channel => ({
  kind: "public",
  topic: "",
  isArchived: false,
  isExtShared: false,
  limits: { posting: "everyone", isLimitedAccess: false, isMigrating: false, isFull: false },
  messages: new Map(),
  latestTs: undefined,
  ...given,
});

/** The other person of a direct message with the app's bot. */
export const counterpart = (channel: Channel, botUserId: string): string | undefined =>
  [...channel.members].find((id) => id !== botUserId);
