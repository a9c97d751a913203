import type { Pace } from "../pace.ts";
import type { FaultFacts } from "../slack/client/slack-fault.ts";
import type { Deps } from "./deps.ts";
import type { LineOutcome } from "./lines.ts";

/** What to do after a failed attempt. */
export type NextAttempt =
  | { kind: "retry"; deliverySeconds: number; lineSeconds: number }
  /** Slack limits this channel; the delivery itself is fine. */
  | { kind: "wait"; lineSeconds: number }
  /** Somebody has to repair the setup; until then one delivery of the line is retried from time to time. */
  | { kind: "hold"; fault: string; lineSeconds: number }
  /** Slack refuses the content: use the next draw step. */
  | { kind: "simplify"; drawStep: number }
  | { kind: "give-up" };

export interface FailedAttempt {
  fault: Pick<FaultFacts, "kind" | "code" | "retryAfterSeconds">;
  /** Attempts of this delivery, including the failed one. */
  attempts: number;
  /** Consecutive faults of the line before this one. */
  faultsInARow: number;
  waitingSince: Date;
  drawStep: number;
}

const maxRetrySeconds = 15 * 60;
const giveUpAfterMs = 3 * 24 * 3600 * 1000;
const lastDrawStep = 2;

/** When an attempt failed, and the pace of retries. `jitter` is between 0 and 1. */
export interface RetryContext {
  now: Date;
  jitter: number;
  pace: Pick<Pace, "firstProbe" | "maxProbe">;
}

/**
 * Decides what follows a failed attempt (docs/behaviour.md#faults-of-slack). Events and saved settings retry
 * a held line earlier.
 */
export function nextAttempt(failed: FailedAttempt, { now, jitter, pace }: RetryContext): NextAttempt {
  const { fault, attempts, faultsInARow, waitingSince, drawStep } = failed;
  switch (fault.kind) {
    case "rate":
      return { kind: "wait", lineSeconds: fault.retryAfterSeconds ?? 1 };
    case "setup":
    case "gone":
      return {
        kind: "hold",
        fault: fault.code,
        lineSeconds: backoff(pace.firstProbe, faultsInARow, pace.maxProbe),
      };
    case "content":
      return drawStep < lastDrawStep ? { kind: "simplify", drawStep: drawStep + 1 } : { kind: "give-up" };
    case "passing": {
      if (now.getTime() - waitingSince.getTime() > giveUpAfterMs) return { kind: "give-up" };
      const spread = 0.5 + jitter / 2;
      return {
        kind: "retry",
        // The delivery waits longer than its line, so that other deliveries of the line go first.
        deliverySeconds: spread * backoff(1, attempts - 1, maxRetrySeconds),
        lineSeconds: spread * backoff(1, faultsInARow, maxRetrySeconds),
      };
    }
    default:
      return fault.kind satisfies never;
  }
}

/** The context of an attempt that fails now. */
export function retryContext({ clock, jitter, pace }: Pick<Deps, "clock" | "jitter" | "pace">): RetryContext {
  return { now: clock(), jitter: jitter(), pace };
}

function backoff(first: number, times: number, max: number): number {
  return Math.min(max, first * 2 ** Math.min(times, 20));
}

/** How a failed attempt ends for its line. */
export function lineOutcome(next: NextAttempt): LineOutcome {
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
