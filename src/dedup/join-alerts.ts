import { isOpen, type Severity } from "../alert/alert.ts";
import { automaticActor } from "../alert/automatic-boomerang.ts";
import type { JoinedAfterCloseData } from "../alert/history-event.ts";
import { endWait } from "../boomerang/automatic/due-questions.ts";
import type { IntakeTransaction, PreparedStatement, RunPrepared } from "../db/intake-transaction.ts";
import { append } from "../history/append.ts";
import { setStatus } from "../triage/set-status.ts";
import type { JoinDecision, NewestAlert } from "./decide-join.ts";
import { type Group, sourceActor, sourceVia, startOf } from "./incoming.ts";
import { keepSamples, newSamples } from "./keep-samples.ts";

/** Reports that join the newest alert of their key. */
export interface Join {
  newest: LockedAlert;
  group: Group;
  decision: Extract<JoinDecision, { kind: "join" }>;
}

/** An alert as the reports that joined it leave it. */
export function afterJoin({ newest, decision }: Join) {
  const { id, number, silencedBy, status } = newest;
  const { raiseTo, reopen } = decision;
  const severity = raiseTo ?? newest.severity;
  const closedByPerson = newest.closedByPerson && !isOpen(status) && !reopen;
  return { id, number, silencedBy, severity, raiseTo, closedByPerson };
}

/** Adds reports to their alerts, marks the cards as due, and appends history for changes beyond the count. */
export async function joinAlerts({ tx, runPrepared }: IntakeTransaction, joins: Join[]): Promise<void> {
  if (joins.length === 0) return;
  const events = joins.flatMap(({ newest, group }) => {
    const samples = group.items.map((item) => item.report.event);
    return newSamples(newest.id, samples, newest.eventCount);
  });
  await Promise.all([
    runPrepared(joinStatement, [JSON.stringify(joins.map(row))]),
    markJoinedCards(
      runPrepared,
      joins.map((join) => join.newest.id),
    ),
    keepSamples(runPrepared, events),
  ]);
  for (const join of joins) await appendEntries(tx, join);
}

const joinStatement: PreparedStatement = {
  name: "join-alerts",
  text: `
    update alerts a set event_count = a.event_count + j.count, log_types = j.log_types,
      severity = coalesce(j.raise_to, a.severity), last_received_at = now(), revision = a.revision + 1,
      said_over = false, started_at = greatest(a.started_at, j.started_at), join_after_close_told = a.join_after_close_told or j.note_closed,
      seen_closed = coalesce(j.seen, a.seen_closed), again_count = a.again_count + j.again
    from json_to_recordset($1::json) as j(id uuid, count int, log_types text[], raise_to severity,
      note_closed boolean, seen text[], again int, started_at timestamptz)
    where a.id = j.id`,
};

function row({ newest, group, decision }: Join) {
  return {
    id: newest.id,
    count: group.items.length,
    log_types: decision.logTypes,
    raise_to: decision.raiseTo,
    note_closed: decision.noteClosed,
    seen: decision.again?.seen ?? null,
    again: decision.again?.differing.length ?? 0,
    started_at: startOf(group.items[0].report.identity) ?? null,
  };
}

async function appendEntries(tx: IntakeTransaction["tx"], { newest, group, decision }: Join): Promise<void> {
  const { source } = group.items[0];
  const common = { alertId: newest.id, actor: sourceActor(source), via: sourceVia(source) };
  if (decision.raiseTo) {
    const data = raised(newest.severity, decision.raiseTo, group);
    await append(tx, { ...common, event: { kind: "severity_raised", data } });
    if (decision.raiseTo === "CRITICAL") await endWait(tx, newest.id);
  }
  const { status } = newest;
  const joined = (data: JoinedAfterCloseData) =>
    append(tx, { ...common, event: { kind: "joined_after_close", data } });
  if (decision.noteClosed) await joined({ status });
  for (const differs of decision.again?.differing ?? []) await joined({ status, differs });
  if (decision.reopen) {
    const change = { from: status, to: "OPEN", comment: null, because: "woken" } as const;
    await setStatus(tx, { ...common, ...change });
  }
  if (decision.startsAgain) await append(tx, { ...common, event: { kind: "started_again", data: {} } });
}

/** From what to what, and whether it is only because the source's default applies. */
function raised(from: Severity, to: Severity, { items }: Group) {
  const raising = items.filter(({ report }) => report.severity === to);
  const isKnown = raising.some(({ report }) => report.unknownSeverity === undefined);
  return { from, to, ...(!isKnown && { unknownSeverity: raising[0]?.report.unknownSeverity ?? null }) };
}

export interface LockedAlert extends NewestAlert {
  touched: boolean;
}

const columns = `id, number, encode(dedup_key, 'hex') as key, severity, status,
  window_ends_at > now() as "inWindow", source_resolved as "sourceResolved", touched, said_over as "reportedOver",
  started_at as "startedAt", coalesce(status_set->'by'->>'type' in ('user', 'token')
    or status_set->'by'->>'id' = '${automaticActor.id}', false) as "closedByPerson",
  join_after_close_told as "joinAfterCloseNoted",
  seen_closed as seen, again_count as "againCount", log_types as "logTypes", event_count as "eventCount",
  case when silenced then (select silence_id from silenced_alerts m
    where m.alert_id = alerts.id and m.lifted_at is null limit 1) end as "silencedBy"`;

const lockNewestStatement: PreparedStatement = {
  name: "lock-newest",
  text: `
    select ${columns}
    from alerts where newest_of_key and dedup_key = any($1::bytea[])
    order by dedup_key for update`,
};

/** Locks the newest alert of each key and returns them by key; keys without an alert are absent. */
export async function lockNewest(
  runPrepared: RunPrepared,
  keys: string[],
): Promise<Map<string, LockedAlert>> {
  if (keys.length === 0) return new Map();
  const rows = await runPrepared<LockedAlert>(lockNewestStatement, [
    keys.map((key) => Buffer.from(key, "hex")),
  ]);
  return new Map(rows.map((row) => [row.key, row]));
}

const lockStartedStatement: PreparedStatement = {
  name: "lock-started",
  text: `
    select ${columns}
    from json_to_recordset($1::json) as wanted(wanted_key text, wanted_start timestamptz)
    join alerts on dedup_key = decode(wanted_key, 'hex') and started_at is not null
    where newest_of_key or started_at = wanted_start or status in ('OPEN', 'TRIAGED') and not said_over
    order by dedup_key, created_at desc, id desc for update of alerts`,
};

/** Locks the alerts that a "resolved" with its start can mean, and returns them by key, the newest first. */
export async function lockStarted(
  runPrepared: RunPrepared,
  wanted: readonly { key: string; startsAt: Date | null }[],
): Promise<Map<string, LockedAlert[]>> {
  if (wanted.length === 0) return new Map();
  const keys = wanted.map(({ key, startsAt }) => ({ wanted_key: key, wanted_start: startsAt }));
  const rows = await runPrepared<LockedAlert>(lockStartedStatement, [JSON.stringify(keys)]);
  return Map.groupBy(rows, ({ key }) => key);
}

/**
 * Event counts aren't urgent: many joins become one edit, and repeated edits back off from 3 seconds to 5 minutes. The
 * card of a closed alert waits for its next other edit.
 */
const markStatement: PreparedStatement = {
  name: "mark-joined-cards",
  text: `
    update cards c set update_wanted = update_wanted + 1,
      update_due_at = coalesce(update_due_at,
        greatest(now() + interval '3 seconds', counted_at + make_interval(secs => count_wait)))
    from alerts a
    where c.alert_id = any($1::uuid[]) and not gone and a.id = c.alert_id and a.status in ('OPEN', 'TRIAGED')`,
};

/** Marks the cards of alerts that reports have joined as due. */
export async function markJoinedCards(runPrepared: RunPrepared, alertIds: readonly string[]): Promise<void> {
  await runPrepared(markStatement, [alertIds]);
}
