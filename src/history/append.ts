import { sql } from "kysely";
import { type Actor, type Severity, systemActor, type Via } from "../alert/alert.ts";
import type { HistoryEvent, HistoryKind, NamedDestination, RouteData } from "../alert/history-event.ts";
import type { PreparedStatement, RunPrepared } from "../db/intake-transaction.ts";
import { notify } from "../db/notify.ts";
import type { Transaction } from "../db/transaction.ts";

interface Entry {
  alertId: string;
  event: HistoryEvent;
  actor: Actor;
  via: Via;
  /** The bulk change that the entry is part of. */
  bulkId?: string;
}

/**
 * Appends one history entry, in the transaction of the change, and marks the alert's cards and webhooks as
 * due. Locks the alert's row, which gives its entries one order.
 */
export async function append(tx: Transaction, entry: Entry): Promise<{ seq: number; at: Date }> {
  const usual = effects(entry.event.kind);
  const effect = entry.bulkId ? { ...usual, thread: false } : usual;
  const appended = await insertEntry(tx, entry, effect);
  if (effect.card || effect.thread) await markCards(tx, entry, effect);
  if (effect.alert) await markChanges(tx, entry.alertId);
  await setReminders(tx, entry.alertId, entry.event.kind);
  await notify(tx, { alerts: [entry.alertId] });
  return appended;
}

async function insertEntry(
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
  if (!appended) throw new Error(`Alert ${alertId} does not exist: "${event.kind}" was not appended`);
  return appended;
}

/**
 * Marks the alert's cards and digests as due. Without `sync_to_slack`, changes from the Console and the API
 * don't edit the card (docs/behaviour.md#sync-in-both-directions).
 */
async function markCards(
  tx: Transaction,
  { alertId, via, actor, bulkId }: Entry,
  effect: Effects,
): Promise<void> {
  // A bulk change doesn't make cards urgent.
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
      wrong_since = case when ${effect.card} then coalesce(wrong_since, now()) else wrong_since end,
      reply_due_at = case when ${effect.thread} then coalesce(reply_due_at, now()) else reply_due_at end,
      reply_wanted = reply_wanted + ${effect.thread ? 1 : 0},
      touched_at = case when ${touched} then now() else touched_at end,
      catching_up = case when ${effect.card} and catching_up = 'shown' then 'no' else catching_up end
    from destinations d
    where c.alert_id = ${alertId} and not c.gone and d.id = c.destination_id
      and (d.sync_to_slack or not ${fromTocsin})`.execute(tx);
  if (fromTocsin && effect.card) await markBehind(tx, alertId);
}

async function markBehind(tx: Transaction, alertId: string): Promise<void> {
  await sql`
    update cards c set catching_up = 'due' from destinations d
    where c.alert_id = ${alertId} and not c.gone and d.id = c.destination_id and not d.sync_to_slack`.execute(
    tx,
  );
}

/**
 * Marks changes as due for webhooks that get them. Deliveries not sent yet include the change when they are.
 */
async function markChanges(tx: Transaction, alertId: string): Promise<void> {
  await sql`
    update deliveries d set changes_due_at = coalesce(changes_due_at, now())
    from webhooks w
    where d.alert_id = ${alertId} and d.state = 'sent' and w.destination_id = d.destination_id
      and w.changes_since is not null`.execute(tx);
}

/** What an entry changes for cards, threads and the alert. */
interface Effects {
  /** The card needs an edit. */
  card: boolean;
  /** The thread gets a reply. */
  thread: boolean;
  /** The alert itself changed: sets `updatedBy` and `updatedAt`, and webhooks get an event. */
  alert: boolean;
}

const silent: Effects = { card: false, thread: false, alert: false };
const all: Effects = { card: true, thread: true, alert: true };
const threadOnly: Effects = { card: false, thread: true, alert: false };
const threadAndAlert: Effects = { card: false, thread: true, alert: true };

const effectsOf: Record<HistoryKind, Effects> = {
  opened: silent,
  informational: silent,
  routed: silent,
  severity_raised: all,
  joined_after_close: threadAndAlert,
  source_says_over: threadAndAlert,
  status_changed: all,
  assigned: all,
  unassigned: all,
  commented: threadAndAlert,
  comment_edited: threadAndAlert,
  comment_deleted: threadAndAlert,
  announced: silent,
  digested: silent,
  // The reminder itself marks the thread of its destination; other threads get no reply.
  reminded: silent,
  not_delivered: silent,
  boomerang_asked: threadOnly,
  // After a Yes the card offers to suppress repeats.
  boomerang_answered: { card: true, thread: true, alert: false },
  boomerang_reminded: threadOnly,
  boomerang_expired: threadOnly,
  boomerang_cancelled: threadOnly,
  boomerang_unreachable: threadOnly,
  boomerang_still_open: threadOnly,
  suppression_set: threadOnly,
  suppressed: silent,
  suppression_ended: threadOnly,
};

/** What a thread is told even if it happened before the card was posted. The card itself shows the other changes. */
export const kindsToldLate: readonly HistoryKind[] = ["commented", "boomerang_answered"];

export function effects(kind: HistoryKind): Effects {
  return effectsOf[kind];
}

interface NotDelivered {
  alertIds: string[];
  destination: NamedDestination;
  why: string;
  actor: Actor;
  via: Via;
}

/**
 * Appends `not_delivered` to many alerts in one statement: a deleted destination may have thousands waiting.
 * Neither cards nor threads show this kind, so it marks nothing as due.
 */
export async function appendNotDelivered(
  tx: Transaction,
  { alertIds, actor, via, ...data }: NotDelivered,
): Promise<void> {
  await sql`
    with locked as (
      select id from alerts where id = any(${alertIds}) order by id for update
    ), numbered as (
      update alerts a set history_seq = history_seq + 1 from locked where a.id = locked.id
      returning a.id, history_seq
    )
    insert into history (alert_id, seq, actor_type, actor_id, actor_name, via, kind, data)
    select id, history_seq, ${actor.type}::actor_type, ${actor.id}, ${actor.name}, ${via}::via,
      'not_delivered', ${JSON.stringify(data)}::jsonb
    from numbered`.execute(tx);
  await notify(tx, { alerts: alertIds });
}

interface Opening {
  alertId: string;
  severity: Severity;
  actor: Actor;
  route: RouteData;
}

const statement: PreparedStatement = {
  name: "append-first",
  text: `
    insert into history (alert_id, seq, actor_type, actor_id, actor_name, via, kind, data)
    select alert_id, seq, actor_type, actor_id, actor_name, via, kind, data
    from json_to_recordset($1::json) as h(alert_id uuid, seq int, actor_type actor_type, actor_id text,
      actor_name text, via via, kind text, data jsonb)`,
};

/** Inserts the first entries of newly opened alerts, whose `history_seq` already counts them. */
export async function appendFirst(runPrepared: RunPrepared, openings: Opening[]): Promise<void> {
  if (openings.length === 0) return;
  await runPrepared(statement, [JSON.stringify(openings.flatMap(entries))]);
}

/** The number of history entries of a new alert: INFO has `informational` too. */
export function openingEntries(severity: Severity): number {
  return severity === "INFO" ? 2 : 1;
}

function entries({ alertId, severity, actor, route }: Opening) {
  const opened = {
    ...entryBase(alertId, 1, actor),
    via: actor.type === "system" ? "system" : "source",
    kind: "opened",
    data: { severity, route },
  };
  if (severity !== "INFO") return [opened];
  return [opened, { ...entryBase(alertId, 2, systemActor), via: "system", kind: "informational", data: {} }];
}

function entryBase(alertId: string, seq: number, actor: Actor) {
  return { alert_id: alertId, seq, actor_type: actor.type, actor_id: actor.id, actor_name: actor.name };
}

const reminderKinds: readonly HistoryKind[] = ["status_changed", "assigned", "unassigned", "severity_raised"];

/**
 * Restarts the reminders of an alert that is open and unassigned, otherwise stops them. Applies to
 * destinations without `sync_to_slack` too.
 */
async function setReminders(tx: Transaction, alertId: string, after: HistoryKind): Promise<void> {
  if (!reminderKinds.includes(after)) return;
  await sql`
    update cards c set
      remind_from = case when a.unclaimed then now() end,
      remind_at = case when a.unclaimed
        then now() + make_interval(mins => (d.reminders -> a.severity ->> 'afterMinutes')::int) end
    from destinations d,
      (select id, severity::text, status = 'OPEN' and assignee_id is null as unclaimed from alerts) a
    where a.id = ${alertId} and c.alert_id = a.id and d.id = c.destination_id and not c.gone
      and (c.remind_at is not null or a.unclaimed and d.reminders ? a.severity)`.execute(tx);
}
