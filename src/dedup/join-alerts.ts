import type { Severity } from "../alert/severity.ts";
import type { Both, Statement } from "../db/intake-transaction.ts";
import { record } from "../history/append.ts";
import { endSuppressions } from "../triage/suppression/end-suppressions.ts";
import { type Group, sourceActor, sourceVia } from "./incoming.ts";
import { keepSamples, newSamples } from "./keep-samples.ts";
import type { JoinDecision } from "./decide-join.ts";
import type { LockedNewest } from "./join/lock-newest.ts";
import { refreshJoined } from "./join/refresh-joined.ts";

/** Reports that join the alert of their key. */
export interface Join {
  newest: LockedNewest;
  group: Group;
  decision: Extract<JoinDecision, { kind: "join" }>;
}

/** Adds the reports to their alerts, marks the cards as due, and tells the history what is more than a count. */
export async function joinAlerts({ tx, hot }: Both, joins: Join[]): Promise<void> {
  if (joins.length === 0) return;
  const events = joins.flatMap(({ newest, group }) => {
    const samples = group.items.map((item) => item.report.event);
    return newSamples(newest.id, samples, newest.eventCount);
  });
  await Promise.all([
    hot(joinStatement, [JSON.stringify(joins.map(row))]),
    refreshJoined(
      hot,
      joins.map((join) => join.newest.id),
    ),
    keepSamples(hot, events),
  ]);
  for (const join of joins) await tell(tx, join);
}

const joinStatement: Statement = {
  name: "join-alerts",
  text: `
    update alerts a set event_count = a.event_count + j.count, log_types = j.log_types,
      severity = coalesce(j.raise_to, a.severity), last_received_at = now(), revision = a.revision + 1,
      said_over = false, join_after_close_told = a.join_after_close_told or j.tell_closed,
      status = case when j.wake then 'OPEN' else a.status end,
      version = a.version + j.wake::int,
      status_version = case when j.wake then a.version + 1 else a.status_version end
    from json_to_recordset($1::json) as j(id uuid, count int, log_types text[], raise_to severity,
      tell_closed boolean, wake boolean)
    where a.id = j.id`,
};

function row({ newest, group, decision }: Join) {
  return {
    id: newest.id,
    count: group.items.length,
    log_types: decision.logTypes,
    raise_to: decision.raiseTo,
    tell_closed: decision.tellClosed,
    wake: decision.wake,
  };
}

async function tell(tx: Both["tx"], { newest, group, decision }: Join): Promise<void> {
  const { source } = group.items[0];
  const common = { alertId: newest.id, actor: sourceActor(source), via: sourceVia(source) };
  if (decision.raiseTo) {
    const data: { from: Severity; to: Severity } = { from: newest.severity, to: decision.raiseTo };
    await record(tx, { ...common, event: { kind: "severity_raised", data } });
  }
  if (decision.wake) {
    const data = { from: newest.status, to: "OPEN" as const, comment: null };
    await record(tx, { ...common, event: { kind: "status_changed", data } });
    const { alertId, ...by } = common;
    await endSuppressions(tx, { alertId }, { ...by, because: "reopened" });
  }
  if (decision.tellClosed) {
    await record(tx, { ...common, event: { kind: "joined_after_close", data: { status: newest.status } } });
  }
}
