import { sql } from "kysely";
import { systemActor } from "../../alert/alert.ts";
import type { HistoryEntry } from "../../alert/history-event.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import { append } from "../../history/append.ts";
import type { ChangeJob, ClaimedWebhook, OpeningJob } from "../../outbox/claim-event.ts";
import { keepAttempt } from "../../outbox/deliveries.ts";
import type { Deps } from "../../outbox/deps.ts";
import { releaseLine } from "../../outbox/lines.ts";
import {
  lineEnd,
  type NextAttempt,
  nextAttempt,
  type Retrying,
  retrying,
} from "../../outbox/next-attempt.ts";
import { WebhookFault, type WebhookFaultFacts } from "./event-fault.ts";
import type { WebhookAt } from "./read-event.ts";

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
  const decided = nextEventAttempt(tried, retrying(deps));
  const { next } = decided;
  await transaction(deps.db, async (tx) => {
    await sql`select from alerts where id = ${job.alertId} for update`.execute(tx);
    const attempt = { deliveryId: job.deliveryId, error: fault.code, channelId: host };
    await keepAttempt(tx, { ...attempt, outcome: next.kind });
    await setAside(tx, failed, { ...decided, code: fault.code });
    if (next.kind === "give-up") await tellGivenUp(tx, failed, fault.code);
    await releaseLine(tx, deps, { key: line.key, end: lineEnd(next) });
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
  await append(tx, {
    alertId: job.alertId,
    event: { kind: "not_delivered", data },
    actor: systemActor,
    via: "system",
  });
}

/** Moves on how far a webhook has been told, never back. More may have happened meanwhile; then it stays due. */
export async function moveCursor(
  tx: Transaction,
  { job, toldSeq }: { job: ChangeJob; toldSeq: number },
): Promise<void> {
  await sql`select from alerts where id = ${job.alertId} for update`.execute(tx);
  await sql`
    update deliveries d set told_seq = greatest(told_seq, ${toldSeq}), change_attempts = 0,
      changes_due_at = case when a.history_seq > greatest(told_seq, ${toldSeq}) then now() end
    from alerts a where d.id = ${job.deliveryId} and a.id = d.alert_id`.execute(tx);
}

interface FailedEvent {
  fault: Pick<WebhookFaultFacts, "kind" | "code" | "retryAfterSeconds">;
  /** Attempts of this event, the failed one included. */
  attempts: number;
  faultsInARow: number;
  waitingSince: Date;
}

interface NextEventAttempt {
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
export function nextEventAttempt(failed: FailedEvent, retry: Retrying): NextEventAttempt {
  const { fault } = failed;
  const often = failed.faultsInARow + 1 >= faultsThatHold;
  const kind =
    often && fault.code === noSuchHost ? "setup" : fault.kind === "content" ? "passing" : fault.kind;
  const next = nextAttempt({ ...failed, fault: { ...fault, kind }, shape: 0 }, retry);
  if (next.kind !== "retry") return { next, asideSeconds: 0 };
  const asideSeconds = next.deliverySeconds;
  if (fault.kind !== "content") return { next, asideSeconds };
  if (often)
    return { next: { kind: "hold", fault: fault.code, lineSeconds: next.lineSeconds }, asideSeconds };
  return { next: { ...next, lineSeconds: Math.min(1, next.lineSeconds) }, asideSeconds };
}

interface Sent {
  job: OpeningJob;
  webhook: WebhookAt["webhook"];
  /** The entry of the history up to which it has been told. */
  toldSeq: number;
}

/** Writes down that a webhook took an alert. What has changed since is due at once. */
export async function settleOpening(
  deps: Deps,
  line: ClaimedWebhook,
  { job, webhook, toldSeq }: Sent,
): Promise<void> {
  const { deliveryId, alertId, destinationId } = job;
  await transaction(deps.db, async (tx) => {
    await sql`select from alerts where id = ${alertId} for update`.execute(tx);
    const settled = await sql`
      update deliveries d set state = 'sent', error = null, last_attempt_at = now(), told_seq = ${toldSeq},
        change_attempts = 0,
        changes_due_at = case when ${webhook.changesSince !== null} and a.history_seq > ${toldSeq} then now() end
      from alerts a where d.id = ${deliveryId} and a.id = d.alert_id and d.state = 'sending'
      returning 1`.execute(tx);
    // Another worker has taken it over, and has settled it.
    if (settled.rows.length === 0) return;
    await keepAttempt(tx, { deliveryId, outcome: "sent", channelId: webhook.host });
    const data = {
      destination: { id: destinationId, name: webhook.name },
      place: webhook.host,
      permalink: null,
    };
    await append(tx, { alertId, event: { kind: "announced", data }, actor: systemActor, via: "system" });
    await releaseLine(tx, deps, { key: line.key, end: { kind: "unpaced" } });
  });
  deps.log({ delivery: deliveryId, line: line.key, attempts: job.attempts }, "webhook told");
}
