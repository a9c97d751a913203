import { sql } from "kysely";
import type { Alert } from "../alert/alert.ts";
import { problem } from "../api/problem.ts";
import type { Database } from "../db/connect.ts";
import type { Transaction } from "../db/transaction.ts";

/** An alert with the versions and cursors that readers compare. */
export interface VersionedAlert extends Alert {
  revision: number;
  historySeq: number;
  statusVersion: number;
  assigneeVersion: number;
}

/** The columns of an Alert, from `alertTables`. */
export const alertColumns = sql`
  a.id, a.number, a.version, a.title, a.severity, a.status, a.disposition,
  a.duplicate_of as "duplicateOf", a.type,
  json_build_object('id', s.id, 'name', s.name, 'kind', s.kind) as source,
  case when a.detection_id <> '' then json_build_object('id', a.detection_id, 'name', a.detection_name) end as detection,
  a.dedup_string as "dedupString", a.log_types as "logTypes", a.tags, a.reports, a.event_count as "eventCount",
  a.again_count > 0 as "reportedAgain",
  case when a.silenced then (select m.silence_id from silenced_alerts m
    where m.alert_id = a.id and m.lifted_at is null limit 1) end as "silencedBy",
  case when u.id is null then null
    else json_build_object('id', u.id, 'email', u.email, 'name', u.name) end as assignee,
  a.created_at as "createdAt", a.first_event_at as "firstEventOccurredAt",
  a.last_received_at as "lastReceivedEventAt", a.updated_at as "updatedAt",
  json_build_object('type', a.updated_by_type, 'id', a.updated_by_id, 'name', a.updated_by_name) as "updatedBy"`;

export const alertTables = sql`alerts a join sources s on s.id = a.source_id left join users u on u.id = a.assignee_id`;

/** The columns of an AlertRow, from `alertTables`. */
export const versionedColumns = sql`${alertColumns}, a.description, a.runbook, a.reference, a.context, a.revision,
  a.history_seq as "historySeq", a.status_version as "statusVersion",
  a.assignee_version as "assigneeVersion", a.status_set as "statusSet"`;

export interface AlertRow extends Omit<VersionedAlert, "statusSet"> {
  statusSet: (Omit<NonNullable<Alert["statusSet"]>, "at"> & { at: string }) | null;
}

/** Whether the alert `a` was a false positive, as a condition of SQL: people marked it as invalid. */
export const isFalsePositive = sql`a.disposition = 'FALSE_POSITIVE'`;

/** Whether the alert `a` is closed: the share of false positives is one of these. */
export const isJudged = sql`a.status in ('RESOLVED', 'CLOSED')`;

/** Finds alerts by id; unknown ids are absent from the result. */
async function findAlerts(
  db: Database["kysely"] | Transaction,
  ids: string[],
): Promise<Map<string, VersionedAlert>> {
  const { rows } = await sql<AlertRow>`
    select ${versionedColumns} from ${alertTables} where a.id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, toVersionedAlert(row)]));
}

export async function findAlert(
  db: Database["kysely"] | Transaction,
  id: string,
): Promise<VersionedAlert | undefined> {
  return (await findAlerts(db, [id])).get(id);
}

export function toVersionedAlert({ statusSet: set, ...row }: AlertRow): VersionedAlert {
  return { ...row, statusSet: set && { ...set, at: new Date(set.at) } };
}

/** The id of an alert, given its id or number. Throws a 404 if there is none. */
export async function alertIdOf({ db }: { db: Database }, idOrNumber: string): Promise<string> {
  const byNumber = /^\d+$/.test(idOrNumber);
  const found = await db.kysely
    .selectFrom("alerts")
    .select("id")
    .where(byNumber ? "number" : "id", "=", byNumber ? Number(idOrNumber) : idOrNumber)
    .executeTakeFirst();
  if (!found) throw problem(404, "There is no such alert.");
  return found.id;
}
