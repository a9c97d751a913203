import { type RawBuilder, sql } from "kysely";
import type { Database } from "../db/connect.ts";
import type { Transaction } from "../db/transaction.ts";
import { alertColumns, alertTables, findAlert, type VersionedAlert } from "../history/find-alerts.ts";
import type { AlertQuery } from "./contract.ts";
import { seenBeforeFilter } from "./seen-before/find-seen-before.ts";

export type ListedAlert = Omit<
  VersionedAlert,
  | "description"
  | "runbook"
  | "reference"
  | "context"
  | "statusSet"
  | "revision"
  | "historySeq"
  | "statusVersion"
  | "assigneeVersion"
> & { key: string };

type Reader = Database["kysely"] | Transaction;

/** The last row of the previous page: the value of the sorted column, and the id. */
export type PageKey = readonly [string, string] | null;

/** A page of alerts, with one more than the limit if there are more. `me` is the caller's user id. */
export async function listAlerts(
  db: Database["kysely"],
  query: AlertQuery,
  { after, me }: { after: PageKey; me: string | null },
): Promise<ListedAlert[]> {
  const order = sorts[query.sort];
  const conditions = await conditionsOf(db, query, me);
  const where = sql.join([...conditions, ...(after ? [afterKey(order, after)] : [])], sql` and `);
  // The inner query reads only an index, so a rare value is found quickly among a million alerts.
  const { rows } = await sql<ListedAlert>`
    select ${alertColumns}, ${order.column}::text as key from (
      select a.id from alerts a where ${where}
      order by ${order.column} ${order.direction}, a.id ${order.direction} limit ${query.limit + 1}
    ) page join (${alertTables}) on a.id = page.id
    order by ${order.column} ${order.direction}, a.id ${order.direction}`.execute(db);
  return rows;
}

/** Counts the alerts of the list, at most `most` of them. */
export async function countAlerts(
  db: Reader,
  query: AlertQuery,
  { me, most }: { me: string | null; most: number },
): Promise<number> {
  const where = sql.join(await conditionsOf(db, query, me), sql` and `);
  const { rows } = await sql<{ count: number }>`
    select count(*) from (select from alerts a where ${where} limit ${most}) found`.execute(db);
  return rows[0]?.count ?? 0;
}

async function conditionsOf(
  db: Reader,
  query: AlertQuery,
  me: string | null,
): Promise<RawBuilder<unknown>[]> {
  const seen = query.seenBefore ? await seenBefore(db, query.seenBefore) : [];
  return [sql`true`, ...seen, ...filters(query, me)];
}

/** Nothing was seen before an alert that is gone. */
async function seenBefore(db: Reader, id: string): Promise<RawBuilder<unknown>[]> {
  const alert = await findAlert(db, id);
  return [alert ? seenBeforeFilter(alert) : sql`false`];
}

interface Order {
  column: RawBuilder<unknown>;
  type: RawBuilder<unknown>;
  direction: RawBuilder<unknown>;
  compare: RawBuilder<unknown>;
}

const descending = { direction: sql`desc`, compare: sql`<` };
const ascending = { direction: sql`asc`, compare: sql`>` };
const created = { column: sql`a.created_at`, type: sql`timestamptz` };
const updated = { column: sql`a.updated_at`, type: sql`timestamptz` };
const severity = { column: sql`a.severity`, type: sql`severity` };

const sorts: Record<AlertQuery["sort"], Order> = {
  "-createdAt": { ...created, ...descending },
  createdAt: { ...created, ...ascending },
  "-updatedAt": { ...updated, ...descending },
  updatedAt: { ...updated, ...ascending },
  "-severity": { ...severity, ...descending },
  severity: { ...severity, ...ascending },
};

function afterKey(
  { column, type, compare }: Order,
  [value, id]: readonly [string, string],
): RawBuilder<unknown> {
  return sql`(${column}, a.id) ${compare} (${value}::${type}, ${id}::uuid)`;
}

function filters(query: AlertQuery, me: string | null): RawBuilder<unknown>[] {
  const {
    disposition,
    // Only closed alerts have a disposition.
    status = disposition ? ["RESOLVED", "CLOSED"] : ["OPEN", "TRIAGED"],
    severity,
    type,
    source,
    detection,
    logType,
    createdAfter,
    createdBefore,
  } = query;
  return [
    sql`a.status = any(${status}::alert_status[])`,
    ...when(severity, (values) => sql`a.severity = any(${values}::severity[])`),
    ...when(type, (values) => sql`a.type = any(${values}::alert_type[])`),
    ...when(source, (values) => sql`a.source_id = any(${values}::uuid[])`),
    ...when(detection, (values) => sql`a.detection_id = any(${values}::text[])`),
    ...when(logType, (values) => sql`a.log_types && ${values}::text[]`),
    ...when(disposition, (values) => sql`a.disposition = any(${values}::disposition[])`),
    // The index has only alerts with tags.
    ...when(query.tag, (values) => sql`(a.tags && ${values}::text[] and a.tags <> '{}')`),
    ...when(query.assignee, (values) => assignedTo(values, me)),
    ...silencedFilter(query),
    ...when(
      query.digest,
      (id) => sql`a.id in (select alert_id from deliveries where digest_id = ${id}::uuid)`,
    ),
    ...when(createdAfter, (at) => sql`a.created_at >= ${at}::timestamptz`),
    ...when(createdBefore, (at) => sql`a.created_at < ${at}::timestamptz`),
    ...when(query.q?.trim(), searchFilter),
  ];
}

function silencedFilter({ silence, digest, silenced }: AlertQuery): RawBuilder<unknown>[] {
  const wanted = silenced ?? (silence || digest ? "any" : "false");
  return [
    ...(wanted === "any" ? [] : [wanted === "true" ? sql`a.silenced` : sql`not a.silenced`]),
    ...when(
      silence,
      (id) => sql`a.id in (select alert_id from silenced_alerts where silence_id = ${id}::uuid)`,
    ),
  ];
}

function when<T>(value: T | undefined, build: (value: T) => RawBuilder<unknown>): RawBuilder<unknown>[] {
  return value === undefined || value === "" ? [] : [build(value)];
}

function assignedTo(values: string[], me: string | null): RawBuilder<unknown> {
  const ids = values.flatMap((value) =>
    value === "none" ? [] : value === "me" ? (me ? [me] : []) : [value],
  );
  const some = sql`a.assignee_id = any(${ids}::uuid[])`;
  return values.includes("none") ? sql`(a.assignee_id is null or ${some})` : some;
}

/** Matches a number, with or without `#`, or alerts whose title, detection and dedup string hold all words. */
function searchFilter(words: string): RawBuilder<unknown> {
  const number = /^#?(\d{1,15})$/.exec(words)?.[1];
  const each = words.split(/\s+/).map((word) => {
    const pattern = `%${word.replace(/[\\%_]/g, "\\$&")}%`;
    return sql`(a.title || ' ' || a.detection_id || ' ' || coalesce(a.detection_name, '') || ' ' || a.dedup_string)
      ilike ${pattern}`;
  });
  const byWords = sql`(${sql.join(each, sql` and `)})`;
  return number ? sql`(a.number = ${number}::bigint or ${byWords})` : byWords;
}
