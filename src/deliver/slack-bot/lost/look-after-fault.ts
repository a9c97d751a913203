import type { FaultFacts } from "../../../slack/client/slack-fault.ts";

/** What came of looking for a card whose answer was lost. */
export type Look =
  | { kind: "found"; ts: string }
  /** It isn't there, or nobody may look. */
  | { kind: "nowhere" }
  | { kind: "later"; seconds: number };

/** An alert is not kept back for longer than this because Slack limits how often we may look. */
const patienceMs = 2 * 60_000;

/** What a fault of the look-up means for a card that may have stood since `unsureSince`. */
export function lookAfterFault(
  fault: Pick<FaultFacts, "kind" | "retryAfterSeconds">,
  unsureSince: Date,
  now: Date,
): Look | { kind: "failed" } {
  switch (fault.kind) {
    case "rate": {
      const seconds = fault.retryAfterSeconds ?? 1;
      const tooLate = now.getTime() + seconds * 1000 > unsureSince.getTime() + patienceMs;
      return tooLate ? { kind: "nowhere" } : { kind: "later", seconds };
    }
    case "passing":
      return { kind: "failed" };
    // This channel may not be read; whether it may be posted in, the post itself finds out.
    case "set-up":
    case "content":
    case "gone":
      return { kind: "nowhere" };
    default:
      return fault.kind satisfies never;
  }
}
