import type { WebhookFaultFacts } from "../../webhook/webhook-fault.ts";
import { type NextAttempt, nextAttempt } from "../../outbox/next-attempt.ts";

interface FailedEvent {
  fault: Pick<WebhookFaultFacts, "kind" | "code" | "retryAfterSeconds">;
  /** Attempts of this event, the failed one included. */
  attempts: number;
  faultsInARow: number;
  waitingSince: Date;
}

export interface NextEventAttempt {
  next: NextAttempt;
  /** For how long this event steps aside, so that others of its line get their turn. */
  asideSeconds: number;
}

/**
 * One alert that a receiver refuses may be odd, and one look-up that finds no host an accident; so many in a row,
 * and somebody has to look into it.
 */
const faultsThatHold = 5;
const noSuchHost = "enotfound";

/** The rules of spec section 5 for a webhook, whose receivers may refuse single alerts. */
export function nextEventAttempt(failed: FailedEvent, now: Date, jitter: number): NextEventAttempt {
  const { fault } = failed;
  const often = failed.faultsInARow + 1 >= faultsThatHold;
  const kind =
    often && fault.code === noSuchHost ? "set-up" : fault.kind === "content" ? "passing" : fault.kind;
  const next = nextAttempt({ ...failed, fault: { ...fault, kind }, shape: 0 }, now, jitter);
  if (next.kind !== "retry") return { next, asideSeconds: 0 };
  const asideSeconds = next.deliverySeconds;
  if (fault.kind !== "content") return { next, asideSeconds };
  if (often)
    return { next: { kind: "hold", fault: fault.code, lineSeconds: next.lineSeconds }, asideSeconds };
  return { next: { ...next, lineSeconds: Math.min(1, next.lineSeconds) }, asideSeconds };
}
