import { sql } from "kysely";
import { transaction } from "../../../db/transaction.ts";
import type { ClaimedLine, DigestJob } from "../../../outbox/claim-line.ts";
import { releaseLine } from "../../../outbox/lines.ts";
import type { SlackFault } from "../../../slack/client/slack-fault.ts";
import type { Deps } from "../../../outbox/deps.ts";
import { lineEnd } from "../../line-end.ts";
import { type NextAttempt, nextAttempt } from "../../../outbox/next-attempt.ts";
import { hearingSeconds } from "../lost/hearing-seconds.ts";

/** A digest stands for many alerts: it is never given up, only tried more seldom. */
const seldomSeconds = 15 * 60;

/** Writes down what came of posting a digest, and when it is tried again. Loud cards don't wait for it. */
export async function settleDigestFault(
  deps: Deps,
  line: ClaimedLine,
  { job, fault }: { job: DigestJob; fault: SlackFault },
): Promise<void> {
  const { attempts, shape } = job;
  const failed = { fault, attempts, faultsInARow: line.faultsInARow, waitingSince: deps.clock(), shape };
  const next = nextAttempt(failed, deps.clock(), deps.jitter());
  const hearing = fault.answerLost ? hearingSeconds(line.scopes) : 0;
  await transaction(deps.db, async (tx) => {
    await sql`
      update digests set sending = false, maybe_posted = maybe_posted or ${fault.answerLost},
        shape = ${next.kind === "simplify" ? next.shape : shape}
      where id = ${job.digestId}`.execute(tx);
    await sql`
      update lines set digest_due_at = case
        when (select seen_ts from digests where id = ${job.digestId}) is not null then now()
        else now() + make_interval(secs => ${Math.max(hearing, waitOf(next))}) end
      where key = ${line.key} and leased_by = ${deps.me}`.execute(tx);
    await releaseLine(tx, { key: line.key, me: deps.me, end: lineEnd(next) });
  });
  deps.log({ digest: job.digestId, line: line.key, error: fault.code, next: next.kind }, "digest not posted");
}

/** Puts a digest back until it can be looked for. */
export async function postponeDigest(
  { db, me }: Deps,
  line: ClaimedLine,
  { job, seconds }: { job: DigestJob; seconds: number },
): Promise<void> {
  await transaction(db, async (tx) => {
    await sql`update digests set sending = false, attempts = attempts - 1, maybe_posted = true
      where id = ${job.digestId}`.execute(tx);
    await sql`update lines set digest_due_at = now() + make_interval(secs => ${seconds})
      where key = ${line.key} and leased_by = ${me}`.execute(tx);
    await releaseLine(tx, { key: line.key, me, end: { kind: "unused" } });
  });
}

/** Beyond what the line itself waits, so that cards get their turn before a digest that fails alone. */
function waitOf(next: NextAttempt): number {
  switch (next.kind) {
    case "retry":
      return next.deliverySeconds;
    case "wait":
    case "hold":
    case "simplify":
      return 0;
    case "give-up":
      return seldomSeconds;
    default:
      return next satisfies never;
  }
}
