import type { FileLink } from "../../alert/file-link.ts";

/** A message that a person wrote into a channel or a thread, as Slack hands it out. */
export interface HeardMessage {
  channelId: string;
  ts: string;
  /** The first message of its thread; null outside of threads. */
  threadTs: string | null;
  userId: string;
  /** In Slack's mrkdwn. */
  text: string;
  files: FileLink[];
}
