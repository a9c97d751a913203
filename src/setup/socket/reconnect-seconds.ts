import type { SlackFault } from "../../slack/client/slack-fault.ts";

const longest = 30;
/** Somebody has to mend it in Slack or in Tocsin; the latter rings at once. */
const whenMended = 60;

/** How long to wait before the next try to connect, after so many that failed in a row. `jitter` is 0 to 1. */
export function reconnectSeconds(
  { kind, retryAfterSeconds }: Pick<SlackFault, "kind" | "retryAfterSeconds">,
  failures: number,
  jitter: number,
): number {
  if (kind === "rate") return retryAfterSeconds ?? longest;
  if (kind !== "passing") return whenMended;
  return Math.min(longest, 2 ** (failures - 1)) * (0.5 + jitter / 2);
}
