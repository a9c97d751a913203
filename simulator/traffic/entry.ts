/** One call between the app and Slack, in either direction. */
export type Entry = {
  seq: number;
  /** Milliseconds since 1970. */
  at: number;
  direction: "app to Slack" | "Slack to app";
  /** A method of the Web API, or what Slack sent: `block_actions`, `event:member_joined_channel`, … */
  what: string;
  channel: string | undefined;
  /** The message that the call made or changed. */
  ts: string | undefined;
  /** `ok`, Slack's error code, or `HTTP 502`. */
  outcome: string;
  tookMs: number | undefined;
  /** Whether the answer reached the other side; see `watch-delivery.ts`. Unset while it is under way. */
  delivered: boolean | undefined;
  /** Set when the caller's connection ended with this answer as its last: how long after it. */
  connectionEndedAfterMs: number | undefined;
  /** What was sent, and what came back; of older entries the beginning. */
  request: string;
  answer: string;
  notes: string[];
};
