import type { Pace } from "../pace.ts";
import { type FaultFacts, isAppFault } from "../slack/client/slack-fault.ts";
import type { ClaimedLine } from "./claim-line.ts";
import type { Deps } from "./deps.ts";
import type { LineOutcome } from "./lines.ts";

/** What to do after a failed attempt. */
export type NextAttempt =
  | { kind: "retry"; deliverySeconds: number; lineSeconds: number }
  /** Slack limits this channel; the delivery itself is fine. */
  | { kind: "wait"; lineSeconds: number }
  /** Somebody has to repair the setup; until then one delivery of the line is retried from time to time. */
  | { kind: "hold"; fault: string; lineSeconds: number; deliverySeconds: number }
  /** Slack refuses this delivery with a code that Tocsin doesn't know: it waits, and the line goes on. */
  | { kind: "refuse"; fault: string; deliverySeconds: number; inARow: readonly string[] }
  /** Slack refuses the content: use the next draw step. */
  | { kind: "simplify"; drawStep: number }
  /** `worked`: Slack took the channel, only not this message. */
  | { kind: "give-up"; worked: boolean };

export interface FailedAttempt {
  fault: Pick<FaultFacts, "kind" | "code" | "retryAfterSeconds">;
  /** Attempts of this delivery, including the failed one. */
  attempts: number;
  /** Consecutive faults of the line before this one. */
  faultsInARow: number;
  waitingSince: Date;
  drawStep: number;
  refusals?: Refusals;
  /** Those of a card if not given. */
  rules?: PostRules;
}

/** What a kind of message does about a fault that repeating the call does not mend. */
export interface PostRules {
  /** A fault of its channel, or of the person whom it is for; faults of the app hold the line in any case. */
  channelFault: "hold" | "give-up";
  /** What it is for, such as its thread, no longer exists. */
  gone: "hold" | "give-up";
  /** The last draw step in which it still serves its purpose. */
  lastStep: number;
}

/** The messages of a line that met the same refusal in a row, this one included; or a fault holds the line already. */
interface Refusals {
  inARow: readonly string[];
  lineHeld: boolean;
}

const noRefusals: Refusals = { inARow: [], lineHeld: false };

const cardRules: PostRules = { channelFault: "hold", gone: "hold", lastStep: 2 };

const maxRetrySeconds = 15 * 60;
const giveUpAfterMs = 3 * 24 * 3600 * 1000;
/** So many different deliveries refused in a row mean that the channel or the app is at fault. */
const refusalsThatHold = 3;
const firstRefusedSeconds = 60;
const maxRefusedSeconds = 3600;

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
  const {
    fault,
    attempts,
    faultsInARow,
    waitingSince,
    drawStep,
    refusals = noRefusals,
    rules = cardRules,
  } = failed;
  const probeSeconds = backoff(pace.firstProbe, faultsInARow, pace.maxProbe);
  switch (fault.kind) {
    case "rate":
      return { kind: "wait", lineSeconds: fault.retryAfterSeconds ?? 1 };
    case "setup":
    case "gone":
      if (fault.kind === "gone" && rules.gone === "give-up") return { kind: "give-up", worked: true };
      if (rules.channelFault === "give-up" && !isAppFault(fault.code))
        return { kind: "give-up", worked: false };
      return { kind: "hold", fault: fault.code, lineSeconds: probeSeconds, deliverySeconds: 0 };
    case "refused": {
      const deliverySeconds = backoff(firstRefusedSeconds, attempts - 1, maxRefusedSeconds);
      const { lineHeld, inARow } = refusals;
      const { code } = fault;
      // Other deliveries go first: the next one may be fine, which ends the hold.
      if (lineHeld || inARow.length >= refusalsThatHold)
        return { kind: "hold", fault: code, lineSeconds: probeSeconds, deliverySeconds };
      return { kind: "refuse", fault: code, deliverySeconds, inARow };
    }
    case "content":
      return drawStep < rules.lastStep
        ? { kind: "simplify", drawStep: drawStep + 1 }
        : { kind: "give-up", worked: true };
    case "passing": {
      if (now.getTime() - waitingSince.getTime() > giveUpAfterMs) return { kind: "give-up", worked: true };
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

/**
 * What a refusal adds up to for its line. A message that met this refusal before another one went out does not count
 * again: its content is at fault, not the channel.
 */
export function countRefusals(
  { fault, refused }: Pick<ClaimedLine, "fault" | "refused">,
  { code, id, lastError }: { code: string; id: string; lastError: string | null },
): Refusals {
  const before = refused.code === code ? refused.ids : [];
  const counts = lastError !== code && !before.includes(id);
  return { lineHeld: fault !== null, inARow: counts ? [...before, id] : before };
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
    case "refuse":
      return { kind: "refused", code: next.fault, inARow: next.inARow };
    case "simplify":
      return { kind: "used" };
    case "give-up":
      return { kind: next.worked ? "used" : "unused" };
    default:
      return next satisfies never;
  }
}
