import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Severity } from "../alert/alert.ts";
import type { PreparedStatement, RunPrepared } from "../db/intake-transaction.ts";
import type { Transaction } from "../db/transaction.ts";

/** An alert to announce at a destination. */
interface NewDelivery {
  alertId: string;
  number: number;
  severity: Severity;
  destinationId: string;
  line: string;
  /** The last history entry that the first message covers. */
  sentSeq: number;
}

const statement: PreparedStatement = {
  name: "enqueue-deliveries",
  text: `
    insert into deliveries (id, alert_id, destination_id, line, severity, number, told_seq)
    select id, alert_id, destination_id, line, severity, number, told_seq
    from json_to_recordset($1::json) as d(id uuid, alert_id uuid, destination_id uuid, line text,
      severity severity, number bigint, told_seq int)`,
};

/** Inserts deliveries, which are their own jobs, in the transaction that opens their alerts. */
export async function enqueue(runPrepared: RunPrepared, deliveries: NewDelivery[]): Promise<void> {
  if (deliveries.length === 0) return;
  const rows = deliveries.map((delivery) => ({
    id: uuidv7(),
    alert_id: delivery.alertId,
    destination_id: delivery.destinationId,
    line: delivery.line,
    severity: delivery.severity,
    number: delivery.number,
    told_seq: delivery.sentSeq,
  }));
  await runPrepared(statement, [JSON.stringify(rows)]);
}

/** One attempt of a delivery, and its outcome (docs/behaviour.md#records). */
export interface Attempt {
  deliveryId: string;
  outcome:
    | "sent"
    | "found"
    | "told"
    | "digested"
    | "retry"
    | "wait"
    | "hold"
    | "refuse"
    | "simplify"
    | "give-up";
  error?: string;
  /** The channel, or the host of a webhook. */
  channelId: string;
  permalink?: string;
}

export async function insertAttempt(tx: Transaction, attempt: Attempt): Promise<void> {
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
 * Raises the severity of an alert's deliveries: waiting ones move up in their lines, and digested ones get a
 * card if the alert is now HIGH or CRITICAL. Returns the ids of the alert's destinations.
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
 * Queues the card of a digested alert before others, in `line` or in all lines where it is digested. Returns
 * false if no delivery of the alert is digested without a card.
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
