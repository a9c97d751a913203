import type { Message } from "./message.ts";

export type ChannelKind = "public" | "private" | "im";

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
  members: Set<string>;
  messages: Map<string, Message>;
  latestTs: string | undefined;
};

/** The other person of a direct message with the app's bot. */
export const counterpart = (channel: Channel, botUserId: string): string | undefined =>
  [...channel.members].find((id) => id !== botUserId);
