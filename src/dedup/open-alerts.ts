import { v7 as uuidv7 } from "uuid";
import type { PreparedStatement, RunPrepared } from "../db/intake-transaction.ts";
import { openingEntries } from "../history/append.ts";
import { type Group, ruleOf, sourceActor, startOf } from "./incoming.ts";

/** An alert that the first report of a group has just opened. */
export interface OpenedAlert {
  id: string;
  number: number;
  group: Group;
}

/**
 * Opens an alert for each group whose key has no newest alert, unless a suppression runs for its detection,
 * and returns those it opened. A unique index makes sure that only one node does.
 */
export async function openAlerts(runPrepared: RunPrepared, groups: Group[]): Promise<OpenedAlert[]> {
  if (groups.length === 0) return [];
  const inOrder = [...groups].sort((a, b) => a.items[0].arrival - b.items[0].arrival);
  const byId = new Map(inOrder.map((group) => [uuidv7(), group]));
  const rows = [...byId].map(([id, group]) => row(id, group));
  const opened = await runPrepared<{ id: string; number: number }>(statement, [JSON.stringify(rows)]);
  return opened.flatMap(({ id, number }) => {
    const group = byId.get(id);
    return group ? [{ id, number, group }] : [];
  });
}

/**
 * Numbers are assigned by arrival and only for free keys; rows are locked by key. `limit 1` forces an index
 * lookup per key, where `not exists` was planned as a join with the whole table.
 */
const statement: PreparedStatement = {
  name: "open-alerts",
  text: `
    insert into alerts (id, number, title, severity, status, type, source_id, detection_id, detection_name,
      dedup_key, dedup_string, window_ends_at, log_types, tags, reports, description, runbook, reference,
      context, first_event_at, last_received_at, started_at, history_seq,
      updated_by_type, updated_by_id, updated_by_name)
    select id, number, title, severity, status, type, source_id, detection_id, detection_name,
      dedup_key, dedup_string, coalesce(now() + period, 'infinity'), log_types, tags, reports, description,
      runbook, reference, context, coalesce(first_event_at, now()), now(),
      case when can_start_again then coalesce(started_at, now()) end, history_seq,
      by_type, by_id, by_name
    from (
      select i.*, decode(key, 'hex') as dedup_key, nextval('alert_numbers') as number
      from (
        select * from json_to_recordset($1::json) as i(id uuid, key text, arrival int, title text,
          severity severity, status alert_status, type alert_type, source_id uuid, by_type actor_type,
          by_id text, by_name text,
          detection_id text, detection_name text, dedup_string text, period interval, log_types text[],
          tags text[], reports jsonb, description text, runbook text, reference text, context jsonb,
          first_event_at timestamptz, can_start_again boolean, started_at timestamptz, history_seq int, rule text,
          unsuppressed boolean)
        where (select true from alerts a
          where a.newest_of_key and a.dedup_key = decode(i.key, 'hex') limit 1) is null
          and (i.unsuppressed or (select true from suppressions p
            where p.source_id = i.source_id and p.detection_id = i.rule
              and p.ended_at is null and p.ends_at > now() limit 1) is null)
        order by arrival
      ) i
    ) numbered
    order by key
    on conflict (dedup_key) where newest_of_key do nothing
    returning id, number`,
};

function row(id: string, group: Group) {
  const { source, report, arrival } = group.items[0];
  const { identity } = report;
  const by = sourceActor(source);
  const windowed = identity.kind === "windowed";
  return {
    id,
    key: group.key,
    arrival,
    title: report.title,
    severity: report.severity,
    status: report.severity === "INFO" ? "RESOLVED" : "OPEN",
    type: report.type,
    source_id: source.id,
    by_type: by.type,
    by_id: by.id,
    by_name: by.name,
    // Nodes of a version that had no alerts without a detection can read an empty one, but not null.
    detection_id: report.detectionId ?? "",
    detection_name: report.detectionName,
    dedup_string: windowed ? identity.dedupString : identity.id,
    period: windowed ? `${identity.periodMinutes} minutes` : null,
    log_types: report.logTypes,
    tags: report.tags,
    reports: report.reports,
    description: report.description,
    runbook: report.runbook,
    reference: report.reference,
    context: report.context,
    first_event_at: report.occurredAt,
    can_start_again: startOf(identity) !== undefined,
    started_at: startOf(identity) ?? null,
    history_seq: openingEntries(report.severity),
    rule: ruleOf(report),
    unsuppressed: group.ignoreSuppressions ?? false,
  };
}
