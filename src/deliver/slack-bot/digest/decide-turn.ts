import { type ClaimedLine, crowd, type PostJob, staleMs } from "../../../outbox/claim-line.ts";
import { faultKind } from "../../../slack/client/transport/fault-kind.ts";

/** What a line that has a card to post does with its turn. */
export type Turn =
  | { kind: "card"; why: "few wait" | "a storm goes on" | "may stand already" }
  /** The card goes first, and a digest right behind it. */
  | { kind: "card-then-digest"; why: "CRITICAL goes before all" }
  | { kind: "digest"; why: "too many wait" | "held too long" };

/**
 * Does a storm begin? More alerts than a crowd wait (INFO aside), or what waits was held by a fault of set-up
 * for days. In a storm that has begun, only what gets a card by itself comes here.
 */
export function decideTurn(
  job: Pick<PostJob, "severity" | "unsureSince" | "createdAt" | "error">,
  line: Pick<ClaimedLine, "waiting" | "digestId">,
  now: Date,
): Turn {
  if (line.digestId !== null) return { kind: "card", why: "a storm goes on" };
  if (job.unsureSince) return { kind: "card", why: "may stand already" };
  if (now.getTime() - job.createdAt.getTime() > staleMs && wasHeld(job.error))
    return { kind: "digest", why: "held too long" };
  if (line.waiting <= crowd) return { kind: "card", why: "few wait" };
  if (job.severity === "CRITICAL") return { kind: "card-then-digest", why: "CRITICAL goes before all" };
  return { kind: "digest", why: "too many wait" };
}

/** What was tried and failed for other reasons goes on being tried. */
function wasHeld(error: string | null): boolean {
  return error === null || faultKind(error) === "set-up";
}
