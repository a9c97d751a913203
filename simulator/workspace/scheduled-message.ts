import type { Channel } from "./channel.ts";
import type { Installation } from "./installation.ts";
import type { Message } from "./message.ts";

/** The content of a message that an app writes, as it is stored. */
export type Content = Pick<
  Message,
  "text" | "blocks" | "attachments" | "metadata" | "threadTs" | "subtype" | "more"
>;

/** A message that an app has written for later. Times are in seconds since 1970. */
export type ScheduledMessage = {
  id: string;
  installation: Installation;
  channel: Channel;
  postAt: number;
  createdAt: number;
  content: Content;
};
