import type { Both, Statement } from "../db/intake-transaction.ts";
import { emailFields } from "../triage/boomerang/email-fields.ts";
import { peopleIn } from "../triage/suppression/people-in.ts";
import type { Group } from "./incoming.ts";
import { decideSwallow, type Running } from "./suppress/decide-swallow.ts";

/** A suppression that runs for a detection, its alert locked. */
interface RunningRow extends Running {
  id: string;
  alertId: string;
  number: number;
  person: string;
  sourceId: string;
  detectionId: string;
}

/** Repeats that open nothing, and the suppression that takes them. */
export interface Swallowed {
  newest: { id: string; number: number };
  group: Group;
  decision: { raiseTo: null };
  suppression: { id: string; person: string };
}

const statement: Statement = {
  name: "running-suppressions",
  text: `
    select p.id, p.alert_id as "alertId", a.number, p.person, p.email, p.people, a.severity,
      p.source_id as "sourceId", p.detection_id as "detectionId"
    from suppressions p join alerts a on a.id = p.alert_id
    where (p.source_id, p.detection_id) in
        (select i.source, i.detection from json_to_recordset($1::json) as i(source uuid, detection text))
      and p.ended_at is null and p.ends_at > now()
    order by a.id, p.id for update of a, p`,
};

/** Which of these groups, which would open alerts, are repeats that somebody has owned up to. */
export async function findSwallowed({ tx, hot }: Both, groups: readonly Group[]): Promise<Swallowed[]> {
  if (groups.length === 0) return [];
  const detections = groups.map(({ items: [{ source, report }] }) => ({
    source: source.id,
    detection: report.detectionId,
  }));
  const running = await hot<RunningRow>(statement, [JSON.stringify(detections)]);
  if (running.length === 0) return [];
  const fields = await emailFields(tx);
  return groups.flatMap((group) => {
    const row = running.find((one) => takes(one, group, fields));
    if (!row) return [];
    const newest = { id: row.alertId, number: row.number };
    return [{ newest, group, decision: { raiseTo: null }, suppression: { id: row.id, person: row.person } }];
  });
}

function takes(row: RunningRow, { items }: Group, fields: readonly string[]): boolean {
  const [{ source, report: first }] = items;
  if (row.sourceId !== source.id || row.detectionId !== first.detectionId) return false;
  return items.every(({ report }) => {
    const people = peopleIn(report, fields);
    return decideSwallow(row, { severity: report.severity, people }).kind === "swallow";
  });
}
