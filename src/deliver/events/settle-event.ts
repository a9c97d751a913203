import { sql } from "kysely";
import { systemActor } from "../../alert/actor.ts";
import type { HistoryEntry } from "../../alert/history-event.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import { record } from "../../history/append.ts";
import type { ChangeJob, ClaimedWebhook, OpeningJob } from "../../outbox/claim-event.ts";
import { releaseLine } from "../../outbox/lines.ts";
import { WebhookFault } from "../../webhook/webhook-fault.ts";
import type { Deps } from "../../outbox/deps.ts";
import { keepAttempt } from "../ledger/keep-attempt.ts";
import { lineEnd } from "../line-end.ts";
import { moveCursor } from "../custom-webhook/move-cursor.ts";
import { type NextEventAttempt, nextEventAttempt } from "../custom-webhook/next-event-attempt.ts";

interface Failed {
  job: OpeningJob | ChangeJob;
  host: string;
  waitingSince: Date;
  /** The change that could not be told. */
  entry?: HistoryEntry;
  fault: unknown;
}

/** Writes down what came of an event that its receiver did not take, and when the next try is due. */
export async function settleFault(deps: Deps, line: ClaimedWebhook, failed: Failed): Promise<void> {
  const { job, fault, host, waitingSince } = failed;
  if (!(fault instanceof WebhookFault)) throw fault;
  const attempts = job.kind === "opening" ? job.attempts : job.attempts + 1;
  const tried = { fault, attempts, faultsInARow: line.faultsInARow, waitingSince };
  const decided = nextEventAttempt(tried, deps.clock(), deps.jitter());
  const { next } = decided;
  await transaction(deps.db, async (tx) => {
    await sql`select from alerts where id = ${job.alertId} for update`.execute(tx);
    const attempt = { deliveryId: job.deliveryId, error: fault.code, channelId: host };
    await keepAttempt(tx, { ...attempt, outcome: next.kind });
    await setAside(tx, failed, { ...decided, code: fault.code });
    if (next.kind === "give-up") await tellGivenUp(tx, failed, fault.code);
    await releaseLine(tx, { key: line.key, me: deps.me, end: lineEnd(next) });
  });
  deps.log(
    { delivery: job.deliveryId, line: line.key, error: fault.code, next: next.kind },
    "webhook not told",
  );
}

async function setAside(
  tx: Transaction,
  { job, entry }: Failed,
  { next, asideSeconds, code }: NextEventAttempt & { code: string },
): Promise<void> {
  const givenUp = next.kind === "give-up";
  if (job.kind === "opening") {
    await sql`
      update deliveries set state = ${givenUp ? "failed" : "waiting"}::delivery_state, error = ${code},
        run_at = now() + make_interval(secs => ${asideSeconds})
      where id = ${job.deliveryId} and state = 'sending'`.execute(tx);
    return;
  }
  if (givenUp && entry) return await moveCursor(tx, { job, toldSeq: entry.seq });
  await sql`
    update deliveries set change_attempts = change_attempts + 1,
      changes_due_at = now() + make_interval(secs => ${asideSeconds})
    where id = ${job.deliveryId}`.execute(tx);
}

async function tellGivenUp(tx: Transaction, { job, entry }: Failed, code: string): Promise<void> {
  const { display_name: name } = await tx
    .selectFrom("destinations")
    .select("display_name")
    .where("id", "=", job.destinationId)
    .executeTakeFirstOrThrow();
  const what = entry ? "a change could not be told, since " : "";
  const data = {
    destination: { id: job.destinationId, name },
    why: `${what}its receiver kept failing (${code})`,
  };
  await record(tx, {
    alertId: job.alertId,
    event: { kind: "not_delivered", data },
    actor: systemActor,
    via: "system",
  });
}
