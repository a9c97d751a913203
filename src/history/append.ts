import { sql } from "kysely";
import type { Actor, Via } from "../alert/actor.ts";
import type { HistoryEvent } from "../alert/history-event.ts";
import { ring } from "../db/notify.ts";
import type { Transaction } from "../db/transaction.ts";
import { type Effects, effects } from "./effects.ts";
import { setReminders } from "./set-reminders.ts";

export interface Entry {
  alertId: string;
  event: HistoryEvent;
  actor: Actor;
  via: Via;
  /** The change of many alerts that it is part of. */
  bulkId?: string;
}

/**
 * Appends one entry to an alert's history, in the transaction of the change that it tells of, and marks the
 * alert's cards as due. Locks the alert's row, so entries of one alert have one order.
 */
export async function record(tx: Transaction, entry: Entry): Promise<{ seq: number; at: Date }> {
  const usual = effects(entry.event.kind);
  const effect = entry.bulkId ? { ...usual, thread: false } : usual;
  const appended = await append(tx, entry, effect);
  if (effect.card || effect.thread) await markCards(tx, entry, effect);
  if (effect.alert) await markChanges(tx, entry.alertId);
  await setReminders(tx, entry.alertId, entry.event.kind);
  await ring(tx, { alerts: [entry.alertId] });
  return appended;
}

async function append(
  tx: Transaction,
  { alertId, event, actor, via, bulkId }: Entry,
  effect: Effects,
): Promise<{ seq: number; at: Date }> {
  const { rows } = await sql<{ seq: number; at: Date }>`
    with numbered as (
      update alerts set history_seq = history_seq + 1, revision = revision + ${effect.card ? 1 : 0},
        updated_at = case when ${effect.alert} then now() else updated_at end,
        updated_by_type = case when ${effect.alert} then ${actor.type}::actor_type else updated_by_type end,
        updated_by_id = case when ${effect.alert} then ${actor.id} else updated_by_id end,
        updated_by_name = case when ${effect.alert} then ${actor.name} else updated_by_name end
      where id = ${alertId} returning history_seq
    )
    insert into history (alert_id, seq, actor_type, actor_id, actor_name, via, kind, data, bulk_id)
    select ${alertId}, history_seq, ${actor.type}::actor_type, ${actor.id}, ${actor.name}, ${via}::via,
      ${event.kind}, ${JSON.stringify(event.data)}::jsonb, ${bulkId ?? null}::uuid
    from numbered returning seq, at`.execute(tx);
  const [appended] = rows;
  if (!appended) throw new Error(`no alert ${alertId} to record "${event.kind}" on`);
  return appended;
}

/**
 * And its digests. A destination that doesn't sync leaves its card alone when the change came from the Console or
 * the API: the card says at its next edit that it has caught up, until it changes again.
 */
async function markCards(
  tx: Transaction,
  { alertId, via, actor, bulkId }: Entry,
  effect: Effects,
): Promise<void> {
  // Of many cards at once none is under somebody's hand.
  const touched = actor.type === "user" && !bulkId;
  const fromTocsin = via === "console" || via === "api";
  await sql`
    with digests as (
      insert into digest_changes (digest_id)
      select distinct g.id from deliveries d join destinations t on t.id = d.destination_id
      join digests g on g.id = d.digest_id and not g.gone
      where d.alert_id = ${alertId} and ${effect.card} and (t.sync_to_slack or not ${fromTocsin})
    )
    update cards c set
      update_due_at = case when ${effect.card} then least(update_due_at, now()) else update_due_at end,
      update_wanted = update_wanted + ${effect.card ? 1 : 0},
      reply_due_at = case when ${effect.thread} then coalesce(reply_due_at, now()) else reply_due_at end,
      reply_wanted = reply_wanted + ${effect.thread ? 1 : 0},
      touched_at = case when ${touched} then now() else touched_at end,
      catching_up = case when ${effect.card} and catching_up = 'shown' then 'no' else catching_up end
    from destinations d
    where c.alert_id = ${alertId} and not c.gone and d.id = c.destination_id
      and (d.sync_to_slack or not ${fromTocsin})`.execute(tx);
  if (fromTocsin && effect.card) await fallBehind(tx, alertId);
}

async function fallBehind(tx: Transaction, alertId: string): Promise<void> {
  await sql`
    update cards c set catching_up = 'due' from destinations d
    where c.alert_id = ${alertId} and not c.gone and d.id = c.destination_id and not d.sync_to_slack`.execute(
    tx,
  );
}

/** Webhooks that are told of changes have one more to tell. Those yet to be told of the alert find it then. */
async function markChanges(tx: Transaction, alertId: string): Promise<void> {
  await sql`
    update deliveries d set changes_due_at = coalesce(changes_due_at, now())
    from webhooks w
    where d.alert_id = ${alertId} and d.state = 'sent' and w.destination_id = d.destination_id
      and w.changes_since is not null`.execute(tx);
}
