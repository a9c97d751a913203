import type { KnownBlock } from "@slack/types";

/** A message for Slack: blocks, and in `text` what notifications and screen readers get, escaped. */
export interface SlackMessage {
  text: string;
  blocks: KnownBlock[];
}
