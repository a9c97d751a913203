import type { FaultFacts } from "../slack/client/slack-fault.ts";
import type { LineEnd } from "./lines.ts";

/** What to do after an attempt that failed. Waits are in seconds. */
export type NextAttempt =
  | { kind: "retry"; deliverySeconds: number; lineSeconds: number }
  /** Slack limits this channel: nothing is wrong with the delivery. */
  | { kind: "wait"; lineSeconds: number }
  /** Somebody has to put something right; until then one delivery of the line asks now and then. */
  | { kind: "hold"; fault: string; lineSeconds: number }
  /** Slack refuses what we sent: send something plainer. */
  | { kind: "simplify"; shape: number }
  | { kind: "give-up" };

export interface Failed {
  fault: Pick<FaultFacts, "kind" | "code" | "retryAfterSeconds">;
  /** Attempts of this delivery, the failed one included. */
  attempts: number;
  /** Faults of the line in a row, before this one. */
  faultsInARow: number;
  waitingSince: Date;
  shape: number;
}

const longestSeconds = 15 * 60;
const giveUpAfterMs = 3 * 24 * 3600 * 1000;
const plainest = 2;
/** How often a held line asks Slack whether it works again; an event or a new token asks at once. */
const firstProbeSeconds = 15;
const longestProbeSeconds = 5 * 60;

/** The rules of spec section 5. `jitter` is between 0 and 1. */
export function nextAttempt(failed: Failed, now: Date, jitter: number): NextAttempt {
  const { fault, attempts, faultsInARow, waitingSince, shape } = failed;
  switch (fault.kind) {
    case "rate":
      return { kind: "wait", lineSeconds: fault.retryAfterSeconds ?? 1 };
    case "set-up":
    case "gone":
      return {
        kind: "hold",
        fault: fault.code,
        lineSeconds: growing(firstProbeSeconds, faultsInARow, longestProbeSeconds),
      };
    case "content":
      return shape < plainest ? { kind: "simplify", shape: shape + 1 } : { kind: "give-up" };
    case "passing": {
      if (now.getTime() - waitingSince.getTime() > giveUpAfterMs) return { kind: "give-up" };
      const spread = 0.5 + jitter / 2;
      return {
        kind: "retry",
        // A delivery that fails alone steps aside, so that the others of its line get their turn.
        deliverySeconds: spread * growing(1, attempts - 1, longestSeconds),
        lineSeconds: spread * growing(1, faultsInARow, longestSeconds),
      };
    }
    default:
      return fault.kind satisfies never;
  }
}

function growing(first: number, times: number, most: number): number {
  return Math.min(most, first * 2 ** Math.min(times, 20));
}

/** How a line is left after an attempt that failed. */
export function lineEnd(next: NextAttempt): LineEnd {
  switch (next.kind) {
    case "retry":
      return { kind: "failing", seconds: next.lineSeconds };
    case "wait":
      return { kind: "limited", seconds: next.lineSeconds };
    case "hold":
      return { kind: "held", fault: next.fault, seconds: next.lineSeconds };
    case "simplify":
    case "give-up":
      return { kind: "used" };
    default:
      return next satisfies never;
  }
}
