import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Severity } from "../alert/alert.ts";
import type { PreparedStatement, RunPrepared } from "../db/intake-transaction.ts";
import type { Transaction } from "../db/transaction.ts";

/** An alert that has to be announced at a destination. */
interface NewDelivery {
  alertId: string;
  number: number;
  severity: Severity;
  destinationId: string;
  line: string;
  /** The newest entry of the alert's history that belongs to its being announced. */
  toldSeq: number;
}

const statement: PreparedStatement = {
  name: "enqueue-deliveries",
  text: `
    insert into deliveries (id, alert_id, destination_id, line, severity, number, told_seq)
    select id, alert_id, destination_id, line, severity, number, told_seq
    from json_to_recordset($1::json) as d(id uuid, alert_id uuid, destination_id uuid, line text,
      severity severity, number bigint, told_seq int)`,
};

/** Writes the deliveries, each of which is its own job, in the transaction that opens their alerts. */
export async function enqueue(hot: RunPrepared, deliveries: NewDelivery[]): Promise<void> {
  if (deliveries.length === 0) return;
  const rows = deliveries.map((delivery) => ({
    id: uuidv7(),
    alert_id: delivery.alertId,
    destination_id: delivery.destinationId,
    line: delivery.line,
    severity: delivery.severity,
    number: delivery.number,
    told_seq: delivery.toldSeq,
  }));
  await hot(statement, [JSON.stringify(rows)]);
}

/** Every attempt is kept: when, what came of it, the other side's word, where. */
export interface Attempt {
  deliveryId: string;
  outcome: "sent" | "found" | "told" | "digested" | "retry" | "wait" | "hold" | "simplify" | "give-up";
  error?: string;
  /** The channel; of a webhook its host. */
  channelId: string;
  permalink?: string;
}

export async function keepAttempt(tx: Transaction, attempt: Attempt): Promise<void> {
  await tx
    .insertInto("delivery_attempts")
    .values({
      id: uuidv7(),
      delivery_id: attempt.deliveryId,
      outcome: attempt.outcome,
      error: attempt.error ?? null,
      channel_id: attempt.channelId,
      permalink: attempt.permalink ?? null,
    })
    .execute();
}

/**
 * A raised alert moves up in the lines where it still waits, and leaves a digest for a card of its own if it is
 * HIGH or CRITICAL now. Gives back the destinations it already has.
 */
export async function raiseDeliveries(tx: Transaction, alertId: string, to: Severity): Promise<Set<string>> {
  const { rows } = await sql<{ destination_id: string }>`
    update deliveries set severity = ${to}::severity,
      state = case when state = 'digested' and ${to} in ('HIGH', 'CRITICAL') then 'waiting' else state end,
      run_at = case when state = 'digested' then now() else run_at end,
      created_at = case when state = 'digested' then now() else created_at end
    where alert_id = ${alertId}
    returning destination_id`.execute(tx);
  return new Set(rows.map((row) => row.destination_id));
}

/**
 * Queues the card of an alert that stands in a digest, before others of its line; from then on it is an alert
 * like any other there, with a thread. With `line` in that channel only, else wherever it was digested. False
 * if it has its card already, or was never gathered.
 */
export async function postDigestedCard(
  tx: Transaction,
  { alertId, line = null }: { alertId: string; line?: string | null },
): Promise<boolean> {
  const queued = await sql`
    with queued as (
      update deliveries set state = 'waiting', asked = true, run_at = now(), error = null, shape = 0,
        created_at = now()
      where alert_id = ${alertId} and line = coalesce(${line}, line)
        and (state = 'digested' or (state = 'waiting' and digest_id is not null and not asked))
      returning digest_id
    ), changed as (
      insert into digest_changes (digest_id) select distinct digest_id from queued
    )
    select from queued`.execute(tx);
  return queued.rows.length > 0;
}
