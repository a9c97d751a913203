import { type RawBuilder, sql } from "kysely";
import type { AuditTables } from "../../db/tables/audit.ts";

/** An entry as the chain and exports have it (docs/audit-log.md): all that is stored, and nothing else. */
export interface AuditRecord {
  id: string;
  /** UTC with microseconds: `2026-03-01T14:02:10.123456Z`. */
  at: string;
  actor: { type: string; id: string | null; name: string };
  action: string;
  target: { type: string | null; id: string | null; name: string | null } | null;
  outcome: "ok" | "refused";
  via: string;
  ip: string | null;
  agent: string | null;
  slack: { userId: string | null; teamId: string | null } | null;
  changes: Record<string, { from?: unknown; to: unknown }>;
  data: Record<string, unknown>;
}

type Stored = Omit<AuditTables["audit_log"], "at" | "changes" | "data">;

/** A row of `recordColumns`. */
export interface AuditRow extends Stored {
  at: string;
  changes: AuditRecord["changes"];
  data: AuditRecord["data"];
}

/** The columns of `audit_log a` that make a record. */
export const recordColumns: RawBuilder<unknown> = sql`a.id,
  to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, a.actor_type, a.actor_id, a.actor_name,
  a.action, a.target_type, a.target_id, a.target_name, a.outcome, a.via, a.ip, a.agent, a.slack_user_id,
  a.slack_team_id, a.changes, a.data`;

export function recordOf(row: AuditRow): AuditRecord {
  const { id, at, action, outcome, via, ip, agent, changes, data } = row;
  return {
    id,
    at,
    actor: { type: row.actor_type, id: row.actor_id, name: row.actor_name },
    action,
    target: orNull({ type: row.target_type, id: row.target_id, name: row.target_name }),
    outcome,
    via,
    ip,
    agent,
    slack: orNull({ userId: row.slack_user_id, teamId: row.slack_team_id }),
    changes,
    data,
  };
}

/** Null if all members are. */
function orNull<T extends object>(value: T): T | null {
  return Object.values(value).every((member) => member === null) ? null : value;
}
