import { type RawBuilder, sql } from "kysely";
import type { AlertType, Severity } from "../alert/alert.ts";
import { readPath } from "../alert/context-path.ts";
import { previewDays, type SilenceMatcher } from "../alert/silence.ts";
import type { Database } from "../db/connect.ts";
import type { SilencePreview } from "./contract.ts";
import { coversSeverity, matches } from "./decide-silence.ts";
import { meets } from "./match-field.ts";

/** The newest alerts that are looked at in the index. */
const maxScanned = 100_000;
/** The newest of them with the source, detection and severities, of which title and fields are read. */
const maxRead = 2000;
const maxExamples = 5;

interface Candidate {
  id: string;
  number: number;
  title: string;
  severity: Severity;
  type: AlertType;
  detectionId: string | null;
  createdAt: Date;
  /** What the context holds at the paths of the conditions. */
  values: unknown[];
}

type Conditions = SilenceMatcher & { alsoCritical: boolean };

/** How many alerts of the last 30 days a silence would have covered, with the newest of them. */
export async function previewSilence(db: Database["kysely"], silence: Conditions): Promise<SilencePreview> {
  const { candidates, complete } = await readCandidates(db, silence);
  const anySeverity = { ...silence, alsoCritical: true };
  const covered = candidates.filter(
    (one) =>
      coversSeverity(anySeverity, one.severity) &&
      matches({ ...silence, source: null, fields: [] }, { ...one, sourceId: "", context: {} }) &&
      silence.fields.every((field, at) => meets(one.values[at], field)),
  );
  const critical = covered.filter(({ severity }) => severity === "CRITICAL").length;
  return {
    days: previewDays,
    count: covered.length,
    critical,
    silenced: silence.alsoCritical ? covered.length : covered.length - critical,
    complete,
    examples: covered.slice(0, maxExamples).map(({ id, number, title, severity, createdAt }) => {
      return { id, number, title, severity, createdAt: createdAt.toISOString() };
    }),
  };
}

/** The newest alerts with the silence's source, detection and severities, by indexes only. */
async function readCandidates(
  db: Database["kysely"],
  { source, detection, severities, fields }: Conditions,
): Promise<{ candidates: Candidate[]; complete: boolean }> {
  const ofDetection = detection === null ? sql`true` : sql`a.detection_id = ${detection}`;
  const { since, all } = await readSpan(db, ofDetection);
  const where = [
    sql`a.created_at > ${since}::timestamptz`,
    ofDetection,
    ...(source === null ? [] : [sql`a.source_id = ${source}::uuid`]),
    ...(severities.length === 0 ? [] : [sql`a.severity = any(${severities}::severity[])`]),
  ];
  const values: RawBuilder<unknown>[] = fields.map(
    ({ path }) => sql`a.context #> ${readPath(path) ?? []}::text[]`,
  );
  const { rows } = await sql<Candidate>`
    with picked as materialized (
      select a.id from alerts a where ${sql.join(where, sql` and `)}
      order by a.created_at desc, a.id desc limit ${maxRead + 1}
    )
    select a.id, a.number, a.title, a.severity, a.type, nullif(a.detection_id, '') as "detectionId",
      a.created_at as "createdAt", jsonb_build_array(${sql.join(values)}) as values
    from picked join alerts a using (id) order by a.created_at desc, a.id desc`.execute(db);
  return { candidates: rows.slice(0, maxRead), complete: all && rows.length <= maxRead };
}

/** Since when alerts are looked at, and whether these are all of the last 30 days. */
async function readSpan(
  db: Database["kysely"],
  which: RawBuilder<unknown>,
): Promise<{ since: string; all: boolean }> {
  const { rows } = await sql<{ since: string; all: boolean }>`
    select coalesce(c.at, d.at)::text as since, c.at is null as all
    from (select now() - make_interval(days => ${previewDays}) as at) d left join lateral (
      select a.created_at as at from alerts a where a.created_at > d.at and ${which}
      order by a.created_at desc, a.id desc offset ${maxScanned} limit 1) c on true`.execute(db);
  const [span] = rows;
  if (!span) throw new Error("the database answered nothing");
  return span;
}
