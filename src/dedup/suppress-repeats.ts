import { compareSeverity, type Severity } from "../alert/alert.ts";
import { emailFields } from "../boomerang/suggest.ts";
import { peopleIn } from "../boomerang/suppression/suppress.ts";
import type { IntakeTransaction, PreparedStatement } from "../db/intake-transaction.ts";
import { append } from "../history/append.ts";
import { type Group, sourceActor, sourceVia } from "./incoming.ts";
import { refreshJoined } from "./join-alerts.ts";
import { keepSamples, newSamples } from "./keep-samples.ts";

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
export interface SuppressedRepeats {
  newest: { id: string; number: number };
  group: Group;
  decision: { raiseTo: null };
  suppression: { id: string; person: string };
}

const runningSuppressions: PreparedStatement = {
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
export async function findRepeats(
  { tx, runPrepared }: IntakeTransaction,
  groups: readonly Group[],
): Promise<SuppressedRepeats[]> {
  if (groups.length === 0) return [];
  const detections = groups.map(({ items: [{ source, report }] }) => ({
    source: source.id,
    detection: report.detectionId,
  }));
  const running = await runPrepared<RunningRow>(runningSuppressions, [JSON.stringify(detections)]);
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
    return decideRepeat(row, { severity: report.severity, people }).kind === "swallow";
  });
}

/** A suppression that runs, and its alert as it stands. */
interface Running {
  email: string;
  /** Whom the alert names. */
  people: readonly string[];
  severity: Severity;
}

type RepeatDecision =
  | { kind: "swallow" }
  | { kind: "news"; because: "critical" | "graver than the alert" | "somebody else" };

/**
 * Is a report of the same detection the repeat that a person has owned up to, or news? (spec section 7) Only what
 * names that person, and nobody whom the alert doesn't name, is theirs.
 */
export function decideRepeat(
  { email, people, severity }: Running,
  report: { severity: Severity; people: readonly string[] },
): RepeatDecision {
  if (report.severity === "CRITICAL" || severity === "CRITICAL") return news("critical");
  if (compareSeverity(report.severity, severity) > 0) return news("graver than the alert");
  const theirs = report.people.includes(email) && report.people.every((one) => people.includes(one));
  return theirs ? { kind: "swallow" } : news("somebody else");
}

function news(because: Extract<RepeatDecision, { kind: "news" }>["because"]): RepeatDecision {
  return { kind: "news", because };
}

const countRepeats: PreparedStatement = {
  name: "count-swallowed",
  text: `
    update alerts set event_count = event_count + $2::int, last_received_at = now(), revision = revision + 1
    where id = $1::uuid returning event_count - $2::int as before`,
};

/** Joins repeats silently: they count, and the history lists them, but nothing is posted or raised. */
export async function suppressRepeats(
  intake: IntakeTransaction,
  swallowed: readonly SuppressedRepeats[],
): Promise<void> {
  for (const one of swallowed) await suppressOne(intake, one);
  if (swallowed.length > 0)
    await refreshJoined(
      intake.runPrepared,
      swallowed.map(({ newest }) => newest.id),
    );
}

async function suppressOne(
  { tx, runPrepared }: IntakeTransaction,
  { newest, group, suppression }: SuppressedRepeats,
): Promise<void> {
  const { items } = group;
  const [{ source, report }] = items;
  const [counted] = await runPrepared<{ before: number }>(countRepeats, [newest.id, items.length]);
  const events = items.map((item) => item.report.event);
  await keepSamples(runPrepared, newSamples(newest.id, events, counted?.before ?? 0));
  const { title, severity } = report;
  const { id: suppressionId, person } = suppression;
  const data = { suppressionId, person, title, severity, count: items.length };
  const by = { actor: sourceActor(source), via: sourceVia(source) };
  await append(tx, { alertId: newest.id, event: { kind: "suppressed", data }, ...by });
}
