import { type RawBuilder, sql } from "kysely";
import type { AlertType, Severity } from "../alert/alert.ts";
import type { AutomaticBoomerang } from "../alert/automatic-boomerang.ts";
import type { NamedDestination, RouteReason } from "../alert/history-event.ts";
import type { Database } from "../db/connect.ts";
import type { Transaction } from "../db/transaction.ts";
import { isFalsePositive, isJudged } from "../history/find-alerts.ts";
import { chooseDestinations, type RoutableDestination } from "./choose-destinations.ts";
import { allDestinations } from "./route-alert.ts";

type Reader = Database["kysely"] | Transaction;

/** A rule of a source, as its reports name it, with the figures of its alerts. */
export interface Detection {
  id: string;
  source: { id: string; name: string };
  detectionId: string;
  name: string | null;
  /** The override: ids of the destinations for its alerts; null applies the destinations' filters. */
  destinations: string[] | null;
  /** What it asks by itself when an alert opens; null if it doesn't. */
  automaticBoomerang: AutomaticBoomerang | null;
  severity: Severity | null;
  lastAlertAt: Date | null;
  alerts7Days: number;
  alerts30Days: number;
  closed30Days: number;
  falsePositives30Days: number;
  /** Where an alert like its last one goes; null without an alert. */
  route: { reason: RouteReason; destinations: NamedDestination[] } | null;
  createdAt: Date;
}

export const detectionSorts = [
  "createdAt",
  "name",
  "source",
  "severity",
  "lastAlertAt",
  "alerts7Days",
  "alerts30Days",
  "falsePositiveShare",
] as const;
export type DetectionSort = (typeof detectionSorts)[number];

const orders: Record<DetectionSort, { value: RawBuilder<unknown>; type: RawBuilder<unknown> }> = {
  createdAt: { value: sql`d.created_at`, type: sql`timestamptz` },
  name: { value: sql`lower(coalesce(d.name, d.detection_id))`, type: sql`text` },
  source: { value: sql`lower(s.name)`, type: sql`text` },
  severity: { value: sql`coalesce(last.severity, 'INFO')`, type: sql`severity` },
  lastAlertAt: { value: sql`coalesce(last.created_at, '-infinity')`, type: sql`timestamptz` },
  alerts7Days: { value: sql`n."alerts7Days"`, type: sql`bigint` },
  alerts30Days: { value: sql`n."alerts30Days"`, type: sql`bigint` },
  falsePositiveShare: {
    value: sql`coalesce(n."falsePositives30Days"::float8 / nullif(n."closed30Days", 0), -1)`,
    type: sql`float8`,
  },
};

interface DetectionQuery {
  source?: string | undefined;
  /** Part of the id or name. */
  q?: string | undefined;
  sort: { by: DetectionSort; descending: boolean };
  /** The value of the sorted column and the id of the last row of the previous page. */
  after: readonly [string, string] | null;
  count: number;
}

/** Lists at most `count` detections. */
export async function listDetections(
  db: Reader,
  { source, q, sort, after, count }: DetectionQuery,
): Promise<(Detection & { key: string })[]> {
  const { value, type } = orders[sort.by];
  const direction = sort.descending ? sql`desc` : sql`asc`;
  const compare = sort.descending ? sql`<` : sql`>`;
  const like = `%${(q ?? "").replace(/[\\%_]/g, "\\$&")}%`;
  const where = [
    source ? sql`d.source_id = ${source}` : null,
    q ? sql`(d.detection_id ilike ${like} or d.name ilike ${like})` : null,
    after ? sql`(${value}, d.id) ${compare} (${after[0]}::${type}, ${after[1]}::uuid)` : null,
  ].filter((condition) => condition !== null);
  return readDetections(db, {
    where: sql.join([sql`true`, ...where], sql` and `),
    key: sql`(${value})::text`,
    rest: sql`order by ${value} ${direction}, d.id ${direction} limit ${count}`,
  });
}

export async function findDetection(db: Reader, id: string): Promise<Detection | null> {
  const found = await readDetections(db, { where: sql`d.id = ${id}`, key: sql`''`, rest: sql`` });
  return found[0] ?? null;
}

interface Last {
  type: AlertType | null;
  logTypes: string[] | null;
}

/** The figures are counted by the index of detections alone, for the rows that the order needs. */
async function readDetections(
  db: Reader,
  { where, key, rest }: { where: RawBuilder<unknown>; key: RawBuilder<unknown>; rest: RawBuilder<unknown> },
): Promise<(Detection & { key: string })[]> {
  const { rows } = await sql<Omit<Detection, "route"> & Last & { key: string }>`
    select d.id, json_build_object('id', s.id, 'name', s.name) as source, d.detection_id as "detectionId", d.name,
      d.override as destinations, d.automatic_boomerang as "automaticBoomerang", d.created_at as "createdAt", ${key} as key, last.severity,
      last.created_at as "lastAlertAt", n.*, example.type, example.log_types as "logTypes"
    from detections d join sources s on s.id = d.source_id
    left join lateral (
      select a.id, a.severity, a.created_at from alerts a
      where a.detection_id = d.detection_id and a.source_id = d.source_id order by a.created_at desc, a.id desc limit 1
    ) last on true
    cross join lateral (
      select count(*) as "alerts30Days",
        count(*) filter (where a.created_at > now() - interval '7 days') as "alerts7Days",
        count(*) filter (where ${isJudged}) as "closed30Days",
        count(*) filter (where ${isFalsePositive}) as "falsePositives30Days"
      from alerts a where a.detection_id = d.detection_id and a.source_id = d.source_id
        and a.created_at > now() - interval '30 days'
    ) n
    left join alerts example on example.id = last.id
    where ${where} ${rest}`.execute(db);
  const { rows: all } = await sql<RoutableDestination>`${sql.raw(allDestinations.text)}`.execute(db);
  return rows.map(({ type, logTypes, ...row }) => ({
    ...row,
    route: routeOf({ type, logTypes, severity: row.severity }, { override: row.destinations, all }),
  }));
}

/** Where an alert like this one goes, unless its report names destinations. */
function routeOf(
  { severity, type, logTypes }: Last & { severity: Severity | null },
  { override, all }: { override: string[] | null; all: RoutableDestination[] },
): Detection["route"] {
  if (!severity || !type || !logTypes) return null;
  const alert = { severity, type, logTypes, requested: null, override, cause: null };
  const { reason, destinations } = chooseDestinations(alert, all);
  return { reason, destinations: destinations.map(({ id, name }) => ({ id, name })) };
}
