import type { Pace } from "../pace.ts";
import type { FaultFacts } from "../slack/client/slack-fault.ts";
import type { Deps } from "./deps.ts";
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
/** When an attempt failed, and at which pace Tocsin tries again. `jitter` is between 0 and 1. */
export interface Retrying {
  now: Date;
  jitter: number;
  pace: Pick<Pace, "firstProbe" | "longestProbe">;
}

/** What follows a failed attempt (docs/behaviour.md#5-deliver). An event or a new token probes a held line at once. */
export function nextAttempt(failed: Failed, { now, jitter, pace }: Retrying): NextAttempt {
  const { fault, attempts, faultsInARow, waitingSince, shape } = failed;
  switch (fault.kind) {
    case "rate":
      return { kind: "wait", lineSeconds: fault.retryAfterSeconds ?? 1 };
    case "setup":
    case "gone":
      return {
        kind: "hold",
        fault: fault.code,
        lineSeconds: growing(pace.firstProbe, faultsInARow, pace.longestProbe),
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

/** An attempt that fails now. */
export function retrying({ clock, jitter, pace }: Pick<Deps, "clock" | "jitter" | "pace">): Retrying {
  return { now: clock(), jitter: jitter(), pace };
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
