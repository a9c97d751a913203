import { sql } from "kysely";
import type { Alert } from "../alert/alert.ts";
import { problem } from "../api/problem.ts";
import type { Database } from "../db/connect.ts";
import type { Transaction } from "../db/transaction.ts";

/** An alert as its history has left it, with the cursors that readers compare with. */
export interface StandingAlert extends Alert {
  revision: number;
  historySeq: number;
  statusVersion: number;
  assigneeVersion: number;
}

/** The columns of `alerts a` joined with its source `s` and its assignee `u`, as an Alert. */
export const alertColumns = sql`
  a.id, a.number, a.version, a.title, a.severity, a.status, a.type,
  json_build_object('id', s.id, 'name', s.name, 'kind', s.kind) as source,
  json_build_object('id', a.detection_id, 'name', a.detection_name) as detection,
  a.dedup_string as "dedupString", a.log_types as "logTypes", a.tags, a.reports, a.event_count as "eventCount",
  case when u.id is null then null
    else json_build_object('id', u.id, 'email', u.email, 'name', u.name) end as assignee,
  a.created_at as "createdAt", a.first_event_at as "firstEventOccurredAt",
  a.last_received_at as "lastReceivedEventAt", a.updated_at as "updatedAt",
  json_build_object('type', a.updated_by_type, 'id', a.updated_by_id, 'name', a.updated_by_name) as "updatedBy"`;

export const alertTables = sql`alerts a join sources s on s.id = a.source_id left join users u on u.id = a.assignee_id`;

/** The columns of `alertTables` as an AlertRow. */
export const standingColumns = sql`${alertColumns}, a.description, a.runbook, a.reference, a.context, a.revision,
  a.history_seq as "historySeq", a.status_version as "statusVersion",
  a.assignee_version as "assigneeVersion", a.status_set as "statusSet"`;

export interface AlertRow extends Omit<StandingAlert, "statusSet"> {
  statusSet: (Omit<NonNullable<Alert["statusSet"]>, "at"> & { at: string }) | null;
}

/** The alerts with these ids, by id; unknown ids are absent. */
async function findAlerts(
  db: Database["kysely"] | Transaction,
  ids: string[],
): Promise<Map<string, StandingAlert>> {
  const { rows } = await sql<AlertRow>`
    select ${standingColumns} from ${alertTables} where a.id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, standingAlert(row)]));
}

export async function findAlert(
  db: Database["kysely"] | Transaction,
  id: string,
): Promise<StandingAlert | undefined> {
  return (await findAlerts(db, [id])).get(id);
}

export function standingAlert({ statusSet: set, ...row }: AlertRow): StandingAlert {
  return { ...row, statusSet: set && { ...set, at: new Date(set.at) } };
}

/** The id of an alert that is named by id or by number; a 404 if there is none. */
export async function alertIdOf({ db }: { db: Database }, named: string): Promise<string> {
  const byNumber = /^\d+$/.test(named);
  const found = await db.kysely
    .selectFrom("alerts")
    .select("id")
    .where(byNumber ? "number" : "id", "=", byNumber ? Number(named) : named)
    .executeTakeFirst();
  if (!found) throw problem(404, "There is no such alert.");
  return found.id;
}
