import { type RawBuilder, sql } from "kysely";
import type { Severity } from "../alert/alert.ts";
import type { DeliveryState } from "../alert/destination.ts";
import type { Transaction } from "../db/transaction.ts";

/**
 * Every statement that changes deliveries, with the states that it changes. All but `raise` and `queueAgain`
 * return a statement, which is executed or becomes part of a larger one; its caller may add `returning`.
 */
export type Statement = RawBuilder<unknown>;

/** The deliveries `d` to change: a condition, and the tables or CTEs that it needs. */
export interface Which {
  from?: RawBuilder<unknown>;
  where: RawBuilder<unknown>;
}

/** States are literals, because a parameter would keep the partial indexes from being used. */
function change(
  states: readonly DeliveryState[],
  to: RawBuilder<unknown>,
  { from, where }: Which,
): Statement {
  const isOneOf = sql.raw(`d.state in (${states.map((state) => `'${state}'`).join(", ")})`);
  return sql`update deliveries d set ${to} ${from ? sql`from ${from}` : sql``} where ${isOneOf} and ${where}`;
}

/**
 * Raises the severity of an alert's deliveries: waiting ones move up in their lines, and digested ones get a
 * card if the alert is now HIGH or CRITICAL. Returns the ids of the alert's destinations.
 */
export async function raise(tx: Transaction, alertId: string, to: Severity): Promise<Set<string>> {
  const { rows } = await sql<{ destination_id: string }>`
    update deliveries set severity = ${to}::severity,
      state = case when state = 'digested' and ${to} in ('HIGH', 'CRITICAL') then 'waiting' else state end,
      run_at = case when state = 'digested' then now() else run_at end,
      created_at = case when state = 'digested' then now() else created_at end
    where alert_id = ${alertId}
    returning destination_id`.execute(tx);
  return new Set(rows.map((row) => row.destination_id));
}

/** Starts an attempt. A delivery found as `sending` was left by a dead worker, so its message may be posted. */
export function claimed(which: Which): Statement {
  const left = sql.raw("(maybe_posted or d.state = 'sending')");
  return change(
    ["waiting", "sending"],
    sql`state = 'sending', refused = false, attempts = attempts + 1, last_attempt_at = now(), maybe_posted = ${left},
      unsure_since = coalesce(unsure_since, case when ${left} then last_attempt_at end)`,
    which,
  );
}

/** Ends an attempt that succeeded; `and` sets what the destination type keeps of it. */
export function sent(which: Which, and: RawBuilder<unknown>): Statement {
  return change(
    ["waiting", "sending"],
    sql`state = 'sent', error = null, last_attempt_at = now(), maybe_posted = false, unsure_since = null,
      seen_ts = null, ${and}`,
    which,
  );
}

interface FailedAttempt {
  error: string;
  givenUp: boolean;
  /** Seconds until the next attempt. */
  seconds: number;
  /** Slack refused it with a code that Tocsin doesn't know. */
  refused?: boolean;
  /** How the next attempt is drawn, if that changes. */
  drawStep?: number | null;
  /** The answer was lost, so the message may be posted. */
  maybePosted?: boolean;
}

/** Ends an attempt that failed. A message that was seen meanwhile is settled at once. */
export function failed(
  which: Which,
  { error, givenUp, seconds, refused = false, drawStep = null, maybePosted = false }: FailedAttempt,
): Statement {
  return change(
    ["sending"],
    sql`state = ${givenUp ? "failed" : "waiting"}::delivery_state, error = ${error}, refused = ${refused},
      run_at = case when seen_ts is null then now() + make_interval(secs => ${seconds}) else now() end,
      shape = coalesce(${drawStep}::int, shape), maybe_posted = maybe_posted or ${maybePosted}`,
    which,
  );
}

/** Ends a claim without an attempt; the delivery waits again. */
export function unclaimed(which: Which, { seconds }: { seconds: number }): Statement {
  return change(
    ["sending"],
    sql`state = 'waiting', attempts = attempts - 1,
      last_attempt_at = case when attempts > 1 then last_attempt_at end,
      run_at = case when seen_ts is null then now() + make_interval(secs => ${seconds}) else now() end`,
    which,
  );
}

/** Holds deliveries of a disabled destination. */
export function hold(which: Which): Statement {
  return change(["waiting"], sql`state = 'held'`, which);
}

/** Releases held deliveries. */
export function release(which: Which): Statement {
  return change(["held"], sql`state = 'waiting', run_at = now()`, which);
}

/** Moves deliveries to another line. */
export function move(which: Which, line: string): Statement {
  return change(["waiting", "held", "digested"], sql`line = ${line}, run_at = now()`, which);
}

/** Ends deliveries that won't be sent; the caller appends `not_delivered` to the history of their alerts. */
export function end(which: Which, why: string): Statement {
  return change(["waiting", "held"], sql`state = 'not_delivered', error = ${why}`, which);
}

/** Ends deliveries that may have been sent from where this database was copied; the caller appends as for `end`. */
export function forgo(which: Which, why: string): Statement {
  return change(["waiting", "sending", "held"], sql`state = 'not_delivered', error = ${why}`, which);
}

/** Makes deliveries due that have not been sent, whatever was thought of an attempt. */
export function dueAsNew(which: Which): Statement {
  return change(
    ["waiting", "sending"],
    sql`state = 'waiting', run_at = now(), maybe_posted = false, unsure_since = null, seen_ts = null`,
    which,
  );
}

/** Makes the deliveries due that wait for their next attempt. */
export function retryNow(which: Which): Statement {
  const waitsLonger = sql`d.run_at > now() and ${which.where}`;
  return change(["waiting", "sending"], sql`run_at = now()`, { ...which, where: waitsLonger });
}

/** Sends a waiting or held delivery before all others of its line; a held line probes with it. */
export function expedite(which: Which, { line }: { line: string }): Statement {
  return change(
    ["waiting", "held"],
    sql`state = 'waiting', run_at = '-infinity', asked = true, refused = false, line = ${line}`,
    which,
  );
}

interface Again {
  /** A person asked for it: no digest gathers it, and it goes before others. */
  asked: boolean;
  /** The line of the destination, if that may have changed. */
  line?: string;
  /** What happened to the message. */
  error?: string;
}

/** Queues ended deliveries again, with a new three days of retries. */
export function queuedAgain(which: Which, { asked, line, error }: Again): Statement {
  return change(
    ["waiting", "sent", "digested", "failed", "not_delivered"],
    sql`state = 'waiting', run_at = now(), created_at = now(), error = ${error ?? null}, shape = 0, card_id = null,
      asked = asked or ${asked}, line = coalesce(${line ?? null}, d.line)`,
    which,
  );
}

/** Queues ended deliveries again, and has the digests that gathered them count again. Returns their number. */
export async function queueAgain(tx: Transaction, which: Which, again: Again): Promise<number> {
  const queued = await sql`
    with queued as (
      ${queuedAgain(which, again)} returning d.digest_id
    ), changed as (
      insert into digest_changes (digest_id) select distinct digest_id from queued where digest_id is not null
    )
    select from queued`.execute(tx);
  return queued.rows.length;
}

/**
 * Queues the card of a digested alert before others, in `line` or in all lines where it is digested. Returns
 * false if no delivery of the alert is digested without a card.
 */
export async function postDigestedCard(
  tx: Transaction,
  { alertId, line = null }: { alertId: string; line?: string | null },
): Promise<boolean> {
  const where = sql`d.alert_id = ${alertId} and d.line = coalesce(${line}, d.line)
    and (d.state = 'digested' or (d.state = 'waiting' and d.digest_id is not null and not d.asked))`;
  return (await queueAgain(tx, { where }, { asked: true })) > 0;
}

/** Keeps deliveries from being gathered by a digest. */
export function keepFromDigest(which: Which): Statement {
  return change(["waiting", "sending"], sql`asked = true`, which);
}

/** Assigns deliveries to a digest; they wait until its message shows them. */
export function gather(which: Which, digestId: string): Statement {
  return change(["waiting"], sql`digest_id = ${digestId}`, which);
}

/** Ends deliveries that a digest shows. The attempt of a delivery that was claimed to send it is counted already. */
export function digested(which: Which): Statement {
  return change(
    ["waiting", "sending"],
    sql`state = 'digested', error = null, last_attempt_at = now(),
      attempts = attempts + case when d.state = 'waiting' then 1 else 0 end`,
    which,
  );
}

/** Records where a message was seen that may be posted; the next attempt adopts it. */
export function seen(which: Which, ts: string): Statement {
  const unsure = sql`(d.state = 'sending' or d.maybe_posted) and ${which.where}`;
  return change(
    ["waiting", "sending", "failed"],
    sql`seen_ts = coalesce(seen_ts, ${ts}), run_at = now(),
      state = case when state = 'failed' then 'waiting' else state end`,
    { ...which, where: unsure },
  );
}
