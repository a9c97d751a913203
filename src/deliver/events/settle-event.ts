import { sql } from "kysely";
import { systemActor } from "../../alert/alert.ts";
import type { HistoryEntry } from "../../alert/history-event.ts";
import { notify } from "../../db/notify.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import { append } from "../../history/append.ts";
import { insertAttempt } from "../../outbox/attempts.ts";
import { changeFailed, knows, told } from "../../outbox/changes.ts";
import type { ChangeJob, ClaimedEvent, OpeningJob } from "../../outbox/claim-event.ts";
import { failed, sent } from "../../outbox/deliveries.ts";
import type { Deps } from "../../outbox/deps.ts";
import { type LineOutcome, releaseLine } from "../../outbox/lines.ts";
import {
  lineOutcome,
  type NextAttempt,
  nextAttempt,
  type RetryContext,
  retryContext,
} from "../../outbox/next-attempt.ts";
import { EventFault, type EventFaultFacts } from "./event-fault.ts";
import type { EventWork } from "./event-work.ts";
import type { CurrentTarget } from "./read-event.ts";

interface FailedJob {
  job: OpeningJob | ChangeJob;
  /** The destination's. */
  place: string;
  waitingSince: Date;
  /** The change that could not be sent; absent for an opening. */
  entry?: HistoryEntry;
  fault: unknown;
}

/** Settles an event that its receiver did not accept: records the attempt and schedules the next one. */
export async function settleFault(deps: Deps, line: ClaimedEvent, failed: FailedJob): Promise<void> {
  const { job, fault, place, waitingSince } = failed;
  if (!(fault instanceof EventFault)) throw fault;
  const attempts = job.kind === "opening" ? job.attempts : job.attempts + 1;
  const tried = { fault, attempts, faultsInARow: line.faultsInARow, waitingSince };
  const decided = nextEventAttempt(tried, retryContext(deps));
  const { next } = decided;
  await transaction(deps.db, async (tx) => {
    await sql`select from alerts where id = ${job.alertId} for update`.execute(tx);
    const attempt = { deliveryId: job.deliveryId, error: fault.code, channelId: place };
    await insertAttempt(tx, { ...attempt, outcome: next.kind });
    await settleDelivery(tx, failed, { ...decided, code: fault.code });
    if (next.kind === "give-up") await appendGivenUp(tx, failed, fault.code);
    await releaseLine(tx, deps, line, lineOutcome(next));
    await notify(tx, { alerts: [job.alertId] });
  });
  deps.log({ delivery: job.deliveryId, line: line.key, error: fault.code, next: next.kind }, "event failed");
}

async function settleDelivery(
  tx: Transaction,
  { job, entry }: FailedJob,
  { next, eventSeconds, code }: NextEventAttempt & { code: string },
): Promise<void> {
  const givenUp = next.kind === "give-up";
  if (job.kind === "opening") {
    const attempt = { error: code, givenUp, seconds: eventSeconds };
    await failed({ where: sql`d.id = ${job.deliveryId}` }, attempt).execute(tx);
    return;
  }
  if (givenUp && entry) return await advanceCursor(tx, { job, seq: entry.seq });
  await changeFailed(job.deliveryId, { seconds: eventSeconds }).execute(tx);
}

async function appendGivenUp(tx: Transaction, { job, entry }: FailedJob, code: string): Promise<void> {
  const { display_name: name } = await tx
    .selectFrom("destinations")
    .select("display_name")
    .where("id", "=", job.destinationId)
    .executeTakeFirstOrThrow();
  const what = entry ? "a change could not be sent because " : "";
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

/**
 * Marks the entries up to `seq` as sent; the cursor never moves back. The delivery stays due if there are later
 * ones.
 */
export async function advanceCursor(
  tx: Transaction,
  { job, seq }: { job: ChangeJob; seq: number },
): Promise<void> {
  await sql`select from alerts where id = ${job.alertId} for update`.execute(tx);
  await told(job.deliveryId, seq).execute(tx);
}

interface FailedEvent {
  fault: Pick<EventFaultFacts, "kind" | "code" | "retryAfterSeconds">;
  /** Attempts of this event, the failed one included. */
  attempts: number;
  faultsInARow: number;
  waitingSince: Date;
}

interface NextEventAttempt {
  next: NextAttempt;
  /** Seconds until this event is tried again; other events of its line go first. */
  eventSeconds: number;
}

/** So many refused events, or failed DNS lookups, in a row are not accidents: a person has to look into it. */
const faultsUntilHold = 5;
const noSuchHost = "enotfound";

/** What follows a failed event (docs/behaviour.md#5-deliver); unlike Slack, a receiver may refuse single events. */
export function nextEventAttempt(failed: FailedEvent, retry: RetryContext): NextEventAttempt {
  const { fault } = failed;
  const often = failed.faultsInARow + 1 >= faultsUntilHold;
  const kind =
    often && fault.code === noSuchHost ? "setup" : fault.kind === "content" ? "passing" : fault.kind;
  const next = nextAttempt({ ...failed, fault: { ...fault, kind }, drawStep: 0 }, retry);
  if (next.kind !== "retry") return { next, eventSeconds: 0 };
  const eventSeconds = next.deliverySeconds;
  if (fault.kind !== "content") return { next, eventSeconds };
  if (often)
    return {
      next: { kind: "hold", fault: fault.code, lineSeconds: next.lineSeconds, deliverySeconds: 0 },
      eventSeconds,
    };
  return { next: { ...next, lineSeconds: Math.min(1, next.lineSeconds) }, eventSeconds };
}

/** How a sent event ends for its line. */
export function afterSending({ paced }: Pick<EventWork, "paced">): LineOutcome {
  return { kind: paced ? "used" : "unpaced" };
}

interface SentOpening {
  job: OpeningJob;
  work: EventWork;
  target: CurrentTarget;
  /** The last history entry that the destination has. */
  lastSeq: number;
}

/** Settles an opening that was accepted. Later changes are due at once. */
export async function settleOpening(
  deps: Deps,
  line: ClaimedEvent,
  { job, work, target, lastSeq }: SentOpening,
): Promise<void> {
  const { deliveryId, alertId, destinationId } = job;
  await transaction(deps.db, async (tx) => {
    await sql`select from alerts where id = ${alertId} for update`.execute(tx);
    const claimed = sql`d.id = ${deliveryId} and a.id = d.alert_id and d.state = 'sending'`;
    const known = knows(lastSeq, { wantsLater: target.changesSince !== null });
    const settled = await sent({ from: sql`alerts a`, where: claimed }, known).execute(tx);
    // Another worker took this job over and has settled it.
    if (settled.numAffectedRows === 0n) return;
    await insertAttempt(tx, { deliveryId, outcome: "sent", channelId: target.place });
    const data = {
      destination: { id: destinationId, name: target.name },
      place: target.place,
      permalink: null,
    };
    await append(tx, { alertId, event: { kind: "announced", data }, actor: systemActor, via: "system" });
    await releaseLine(tx, deps, line, afterSending(work));
  });
  deps.log({ delivery: deliveryId, line: line.key, attempts: job.attempts }, "event delivered");
}
