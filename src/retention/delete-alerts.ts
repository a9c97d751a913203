import { sql } from "kysely";
import type { Transaction } from "../db/transaction.ts";

/** How far a run has come: the creation time and id of the last alert that it looked at. */
export interface Cursor {
  at: string;
  id: string;
}

export interface AlertBatch {
  deleted: number;
  /** Null at the end. */
  next: Cursor | null;
}

const batchSize = 500;

/**
 * Looks at the next 500 old alerts, and deletes those on which nothing changed for `days` and for which nothing is open:
 * neither themselves (a silenced alert waits for nobody), nor a Boomerang, a delivery or a setup fault. What belongs to a deleted alert goes with it. Alerts
 * that somebody has locked wait for the next night.
 */
export async function deleteAlerts(tx: Transaction, days: number, after: Cursor | null): Promise<AlertBatch> {
  const { rows } = await sql<Cursor & { id: string; over: boolean }>`
    select created_at::text as at, id, (status in ('RESOLVED', 'CLOSED') or silenced)
      and greatest(updated_at, last_received_at) < now() - make_interval(days => ${days}) as over
    from alerts where created_at < now() - make_interval(days => ${days})
      and ${after ? sql`(created_at, id) > (${after.at}::timestamptz, ${after.id}::uuid)` : sql`true`}
    order by created_at, id limit ${batchSize}`.execute(tx);
  const last = rows.length === batchSize ? (rows.at(-1) ?? null) : null;
  const next = last && { at: last.at, id: last.id };
  const over = rows.filter((row) => row.over).map(({ id }) => id);
  const ids = over.length > 0 ? await lockDeletable(tx, over, days) : [];
  if (ids.length > 0) await deleteWithParts(tx, ids);
  return { deleted: ids.length, next };
}

/** Judged again under the lock, as the alert may have changed since. */
async function lockDeletable(tx: Transaction, ids: string[], days: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select a.id from alerts a where a.id = any(${ids}::uuid[]) and (a.status in ('RESOLVED', 'CLOSED') or a.silenced)
      and greatest(a.updated_at, a.last_received_at) < now() - make_interval(days => ${days})
    for update skip locked`.execute(tx);
  const locked = rows.map(({ id }) => id);
  if (locked.length === 0) return [];
  const free = await sql<{ id: string }>`
    select a.id from unnest(${locked}::uuid[]) a (id)
    where not exists (select from boomerangs b where b.alert_id = a.id and b.state = 'open')
      and not exists (select from deliveries d where d.alert_id = a.id and (d.state in ('waiting', 'held', 'sending')
        or d.changes_due_at is not null or d.escalate_at is not null))
      and not exists (select from setup_faults f where f.alert_id = a.id and f.ended_at is null)`.execute(tx);
  return free.rows.map(({ id }) => id);
}

/** In the order of the foreign keys. Messages have none: they belong to an alert, to a question or to a card. */
async function deleteWithParts(tx: Transaction, ids: string[]): Promise<void> {
  const of = sql`= any(${ids}::uuid[])`;
  const asks = sql`select k.id from boomerang_asks k join boomerangs b on b.id = k.boomerang_id where b.alert_id ${of}`;
  const parts = [
    sql`delete from messages where subject_id ${of} or subject_id in (${asks})
      or parent_id in (select id from cards where alert_id ${of})`,
    sql`delete from silenced_alerts where alert_id ${of}`,
    sql`delete from suppressions where alert_id ${of} or ask_id in (${asks})`,
    sql`delete from boomerang_asks where id in (${asks})`,
    sql`delete from boomerangs where alert_id ${of}`,
    sql`delete from automatic_questions where alert_id ${of}`,
    sql`delete from delivery_attempts where delivery_id in (select id from deliveries where alert_id ${of})`,
    sql`delete from deliveries where alert_id ${of}`,
    // Their replies go with them.
    sql`delete from cards where alert_id ${of}`,
    sql`delete from alert_samples where alert_id ${of}`,
    sql`delete from history where alert_id ${of}`,
    sql`delete from alert_times where alert_id ${of}`,
    // The messages of its threads go with it.
    sql`delete from alerts where id ${of}`,
  ];
  for (const part of parts) await part.execute(tx);
}
