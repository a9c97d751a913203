import { compareSeverity, type Severity } from "../alert/alert.ts";
import { emailFields } from "../boomerang/suggest.ts";
import { peopleIn } from "../boomerang/suppression/suppress.ts";
import type { IntakeTransaction, PreparedStatement } from "../db/intake-transaction.ts";
import { append } from "../history/append.ts";
import { type Group, ruleOf, sourceActor, sourceVia } from "./incoming.ts";
import { markJoinedCards } from "./join-alerts.ts";
import { keepSamples, newSamples } from "./keep-samples.ts";

/** A running suppression; its row and its alert are locked. */
interface ActiveSuppressionRow extends ActiveSuppression {
  id: string;
  alertId: string;
  number: number;
  person: string;
  sourceId: string;
  rule: string;
}

/** Repeats that open no alert, and the suppression that covers them. */
export interface SuppressedRepeats {
  newest: { id: string; number: number };
  group: Group;
  suppression: { id: string; person: string };
}

const activeSuppressions: PreparedStatement = {
  name: "active-suppressions",
  text: `
    select p.id, p.alert_id as "alertId", a.number, p.person, p.email, p.people, a.severity,
      p.source_id as "sourceId", p.detection_id as rule
    from suppressions p join alerts a on a.id = p.alert_id
    where (p.source_id, p.detection_id) in
        (select i.source, i.detection from json_to_recordset($1::json) as i(source uuid, detection text))
      and p.ended_at is null and p.ends_at > now()
    order by a.id, p.id for update of a, p`,
};

/** The groups that would open alerts but are covered by a suppression (docs/behaviour.md#suppression). */
export async function findRepeats(
  { tx, runPrepared }: IntakeTransaction,
  groups: readonly Group[],
): Promise<SuppressedRepeats[]> {
  if (groups.length === 0) return [];
  const detections = groups.map(({ items: [{ source, report }] }) => ({
    source: source.id,
    detection: ruleOf(report),
  }));
  const active = await runPrepared<ActiveSuppressionRow>(activeSuppressions, [JSON.stringify(detections)]);
  if (active.length === 0) return [];
  const fields = await emailFields(tx);
  return groups.flatMap((group) => {
    const row = active.find((one) => covers(one, group, fields));
    if (!row) return [];
    const newest = { id: row.alertId, number: row.number };
    return [{ newest, group, suppression: { id: row.id, person: row.person } }];
  });
}

function covers(row: ActiveSuppressionRow, { items }: Group, fields: readonly string[]): boolean {
  const [{ source, report: first }] = items;
  if (row.sourceId !== source.id || row.rule !== ruleOf(first)) return false;
  return items.every(({ report }) => {
    const people = peopleIn(report, fields);
    return decideRepeat(row, { severity: report.severity, people }).kind === "suppress";
  });
}

/** A running suppression, and the severity of its alert. */
interface ActiveSuppression {
  /** The person who answered Yes. */
  email: string;
  /** The people whom the alert names, by email. */
  people: readonly string[];
  severity: Severity;
}

type RepeatDecision =
  | { kind: "suppress" }
  | { kind: "open"; because: "critical" | "more severe" | "other people" };

/**
 * Is this report a repeat of activity the person already confirmed, or something new? It must name that
 * person, and nobody whom the alert doesn't name.
 */
export function decideRepeat(
  { email, people, severity }: ActiveSuppression,
  report: { severity: Severity; people: readonly string[] },
): RepeatDecision {
  if (report.severity === "CRITICAL" || severity === "CRITICAL") return openNew("critical");
  if (compareSeverity(report.severity, severity) > 0) return openNew("more severe");
  const confirmed = report.people.includes(email) && report.people.every((one) => people.includes(one));
  return confirmed ? { kind: "suppress" } : openNew("other people");
}

function openNew(because: Extract<RepeatDecision, { kind: "open" }>["because"]): RepeatDecision {
  return { kind: "open", because };
}

const countRepeats: PreparedStatement = {
  name: "count-suppressed",
  text: `
    update alerts set event_count = event_count + $2::int, last_received_at = now(), revision = revision + 1
    where id = $1::uuid returning event_count - $2::int as before`,
};

/** Joins repeats silently: they are counted and listed in the history, but post and raise nothing. */
export async function suppressRepeats(
  intake: IntakeTransaction,
  repeats: readonly SuppressedRepeats[],
): Promise<void> {
  for (const one of repeats) await suppressOne(intake, one);
  if (repeats.length > 0)
    await markJoinedCards(
      intake.runPrepared,
      repeats.map(({ newest }) => newest.id),
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
