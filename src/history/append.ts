import { type RawBuilder, sql } from "kysely";
import { type Actor, type Severity, systemActor, type Via } from "../alert/alert.ts";
import type { HistoryEvent, HistoryKind, RouteData } from "../alert/history-event.ts";
import type { PreparedStatement, RunPrepared } from "../db/intake-transaction.ts";
import { notify } from "../db/notify.ts";
import type { Transaction } from "../db/transaction.ts";
import { queueReplies } from "../messages/queue.ts";
import { queueAssignmentMails } from "../outbox/assignment-mails.ts";
import { changed } from "../outbox/changes.ts";
import { restart, someoneActed } from "../outbox/escalations.ts";
import { keepTimes } from "./keep-times.ts";

/** A history entry to append. */
interface Entry {
  event: HistoryEvent;
  actor: Actor;
  via: Via;
  /** The bulk change that the entry is part of. */
  bulkId?: string;
}

interface Appended {
  alertId: string;
  seq: number;
  at: Date;
}

/** Appends an entry to the history of one alert, as `appendToAll` does. Throws if the alert doesn't exist. */
export async function append(
  tx: Transaction,
  { alertId, ...entry }: Entry & { alertId: string },
): Promise<Appended> {
  const [appended] = await appendToAll(tx, [alertId], entry);
  if (!appended) throw new Error(`Alert ${alertId} does not exist: "${entry.event.kind}" was not appended`);
  return appended;
}

/**
 * Appends an entry to the history of each of these alerts, in the transaction of the change, and marks their cards
 * and webhooks as due. Locks the alerts, which gives their entries one order.
 */
export async function appendToAll(
  tx: Transaction,
  alertIds: readonly string[],
  entry: Entry,
): Promise<Appended[]> {
  if (alertIds.length === 0) return [];
  const { kind } = entry.event;
  const usual = effects(entry.event);
  const effect = entry.bulkId ? { ...usual, thread: false } : usual;
  const appended = await insertEntries(tx, { alertIds, ...entry }, effect);
  await queueAssignmentMails(tx, entry, appended);
  if (effect.card || effect.thread) await markCards(tx, { alertIds, ...entry }, effect);
  if (effect.alert) await changed(alertIds).execute(tx);
  if (reminderKinds.includes(kind)) await setReminders(tx, alertIds);
  if (entry.actor.type === "user" || entry.actor.type === "token") await someoneActed(alertIds).execute(tx);
  else if (kind === "status_changed" || kind === "severity_raised") await restart(alertIds).execute(tx);
  await keepTimes(tx, alertIds, entry);
  await notify(tx, { alerts: [...alertIds] });
  return appended;
}

type Entries = Entry & { alertIds: readonly string[] };

async function insertEntries(
  tx: Transaction,
  { alertIds, event, actor, via, bulkId }: Entries,
  effect: Effects,
): Promise<Appended[]> {
  const by = sql`${actor.type}::actor_type as actor_type, ${actor.id}::text as actor_id, ${actor.name}::text as actor_name,
    ${via}::via as via, ${bulkId ?? null}::uuid as bulk_id`;
  const revised = effect.card ? sql`, revision = revision + 1` : sql``;
  const updated = effect.alert
    ? sql`, updated_at = now(), updated_by_type = ${actor.type}::actor_type, updated_by_id = ${actor.id},
        updated_by_name = ${actor.name}`
    : sql``;
  const { rows } = await sql<Appended>`
    with locked as (
      select id from alerts where id = any(${alertIds}::uuid[]) order by id for update
    ), entries as (
      select id as alert_id, id as place, ${by}, ${event.kind} as kind, ${JSON.stringify(event.data)}::jsonb as data
      from locked
    ), ${appended(sql`entries`, sql`${revised}${updated}`)}
    select alert_id as "alertId", seq, at from appended`.execute(tx);
  return rows;
}

/**
 * Numbers and writes entries as CTEs of a larger statement, which has locked their alerts: the only place that does,
 * but for an alert's first entries. `entries` is a CTE with the columns of `history`, and `place`, which orders the
 * entries of one alert. `and` continues the update of the alert.
 */
export function appended(
  entries: RawBuilder<unknown>,
  and: RawBuilder<unknown> = sql``,
): RawBuilder<unknown> {
  return sql`
    numbered as (
      update alerts a set history_seq = a.history_seq + n.count ${and}
      from (select alert_id, count(*)::int as count from ${entries} group by alert_id) n
      where a.id = n.alert_id returning a.id, a.history_seq - n.count as before
    ), appended as (
      insert into history (alert_id, seq, actor_type, actor_id, actor_name, via, kind, data, bulk_id)
      select e.alert_id, n.before + row_number() over (partition by e.alert_id order by e.place),
        e.actor_type, e.actor_id, e.actor_name, e.via, e.kind, e.data, e.bulk_id
      from ${entries} e join numbered n on n.id = e.alert_id
      returning alert_id, seq, at
    )`;
}

/** The columns of an entry by Tocsin itself, for `appended`. */
export const bySystem = sql.raw(`'system'::actor_type as actor_type, null::text as actor_id,
  '${systemActor.name}'::text as actor_name, 'system'::via as via, null::uuid as bulk_id`);

/**
 * Marks the alert's cards and digests as due. Without `sync_to_slack`, changes from the Console and the API
 * don't edit the card (docs/behaviour.md#sync-in-both-directions).
 */
async function markCards(
  tx: Transaction,
  { alertIds, via, actor, bulkId }: Entries,
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
      where d.alert_id = any(${alertIds}::uuid[]) and ${effect.card} and (t.sync_to_slack or not ${fromTocsin})
    ), marked as (
      update cards c set
        update_due_at = case when ${effect.card} then least(update_due_at, now()) else update_due_at end,
        update_wanted = update_wanted + ${effect.card ? 1 : 0},
        wrong_since = case when ${effect.card} then coalesce(wrong_since, now()) else wrong_since end,
        touched_at = case when ${touched} then now() else touched_at end,
        catching_up = case when ${effect.card} and catching_up = 'shown' then 'no' else catching_up end
      from destinations d
      where c.alert_id = any(${alertIds}::uuid[]) and not c.gone and d.id = c.destination_id
        and (d.sync_to_slack or not ${fromTocsin})
      returning c.id, c.alert_id, c.line, d.installation_id
    )
    ${effect.thread ? queueReplies(sql`marked`) : sql`select`}`.execute(tx);
  if (fromTocsin && effect.card) await markBehind(tx, alertIds);
}

async function markBehind(tx: Transaction, alertIds: readonly string[]): Promise<void> {
  await sql`
    update cards c set catching_up = 'due' from destinations d
    where c.alert_id = any(${alertIds}::uuid[]) and not c.gone and d.id = c.destination_id and not d.sync_to_slack`.execute(
    tx,
  );
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
  joined_after_close: all,
  source_says_over: threadAndAlert,
  started_again: threadAndAlert,
  status_changed: all,
  disposition_changed: all,
  // No card shows tags.
  tags_changed: { card: false, thread: false, alert: true },
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
  escalated: threadOnly,
  boomerang_asked: threadOnly,
  // After a Yes the card offers to suppress repeats.
  boomerang_answered: { card: true, thread: true, alert: false },
  boomerang_reminded: threadOnly,
  boomerang_expired: threadOnly,
  boomerang_cancelled: threadOnly,
  boomerang_unreachable: threadOnly,
  boomerang_still_open: threadOnly,
  boomerang_waits: silent,
  boomerang_not_asked: threadOnly,
  boomerang_not_resolved: threadOnly,
  boomerang_sent_on: threadOnly,
  suppression_set: threadOnly,
  suppressed: silent,
  suppression_ended: threadOnly,
  silence_created: threadOnly,
  silence_passed: silent,
  silence_lifted: { card: false, thread: false, alert: true },
};

/** What a thread is told even if it happened before the card was posted. The card itself shows the other changes. */
export const kindsToldLate: readonly HistoryKind[] = [
  "commented",
  "boomerang_answered",
  "boomerang_expired",
  "escalated",
  "boomerang_sent_on",
];

/** What a thread is told after its card was posted. */
export const kindsWithReply: readonly string[] = Object.entries(effectsOf)
  .filter(([, { thread }]) => thread)
  .map(([kind]) => kind);

/** Of reports that join a closed alert only those that say something new change the card. */
export function effects(event: HistoryEvent): Effects {
  const effect = effectsOf[event.kind];
  const isRepeat = event.kind === "joined_after_close" && !event.data.differs;
  return isRepeat ? { ...effect, card: false } : effect;
}

interface Opening {
  alertId: string;
  severity: Severity;
  actor: Actor;
  unknownSeverity: string | null | undefined;
  route: RouteData;
}

const firstStatement: PreparedStatement = {
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
  await runPrepared(firstStatement, [JSON.stringify(openings.flatMap(entries))]);
}

/** The number of history entries of a new alert: INFO has `informational` too. */
export function openingEntries(severity: Severity): number {
  return severity === "INFO" ? 2 : 1;
}

function entries({ alertId, severity, unknownSeverity, actor, route }: Opening) {
  const opened = {
    ...entryBase(alertId, 1, actor),
    via: actor.type === "system" ? "system" : "source",
    kind: "opened",
    data: { severity, unknownSeverity, route },
  };
  if (severity !== "INFO") return [opened];
  return [opened, { ...entryBase(alertId, 2, systemActor), via: "system", kind: "informational", data: {} }];
}

function entryBase(alertId: string, seq: number, actor: Actor) {
  return { alert_id: alertId, seq, actor_type: actor.type, actor_id: actor.id, actor_name: actor.name };
}

const reminderKinds: readonly HistoryKind[] = ["status_changed", "assigned", "unassigned", "severity_raised"];

/**
 * Restarts the reminders of alerts that are open and unassigned, otherwise stops them. Applies to
 * destinations without `sync_to_slack` too.
 */
async function setReminders(tx: Transaction, alertIds: readonly string[]): Promise<void> {
  await sql`
    update cards c set
      remind_from = case when a.unclaimed then now() end,
      remind_at = case when a.unclaimed
        then now() + make_interval(mins => (d.reminders -> a.severity ->> 'afterMinutes')::int) end
    from destinations d,
      (select id, severity::text, status = 'OPEN' and assignee_id is null as unclaimed from alerts) a
    where a.id = any(${alertIds}::uuid[]) and c.alert_id = a.id and d.id = c.destination_id and not c.gone
      and (c.remind_at is not null or a.unclaimed and d.reminders ? a.severity)`.execute(tx);
}
