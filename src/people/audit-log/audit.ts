import { type Kysely, sql } from "kysely";
import { v7 as uuid } from "uuid";
import type { AuditAction } from "../../alert/audit-action.ts";
import { type Notification, notify } from "../../db/notify.ts";
import type { Tables } from "../../db/tables/tables.ts";
import type { Transaction } from "../../db/transaction.ts";
import type { Principal } from "../principal.ts";
import type { Changes } from "./changes.ts";

/** Who acts, by which way and from where. */
export type Doer = Pick<Principal, "actor" | "via" | "ip" | "agent" | "slack">;

/** What an entry is about. Its name is read when the entry is written. */
export interface Target {
  type: TargetType;
  id: string;
}

export interface AuditEntry {
  /** What was done; for a refused call of the API its method and address. */
  action: AuditAction | `${string} ${string}`;
  /** What it was done to; null for what has no id, such as the settings. */
  target: Target | null;
  /** Defaults to `ok`. */
  outcome?: "ok" | "refused" | undefined;
  /** From what to what; for a refusal what was wanted. Never a secret. Null for what changes no field. */
  changes: Changes | null;
  /** What else there is to know, such as the reason of a refusal; never a secret. */
  data?: Record<string, unknown> | undefined;
}

/** Adds an entry to the audit log. A change and its entry belong in one transaction. */
export async function audit(
  tx: Kysely<Tables>,
  by: Doer,
  { action, target, outcome = "ok", changes, data = {} }: AuditEntry,
): Promise<void> {
  await tx
    .insertInto("audit_log")
    .values({
      id: uuid(),
      actor_type: by.actor.type,
      actor_id: by.actor.id,
      actor_name: by.actor.name,
      action,
      target_type: target?.type ?? null,
      target_id: target?.id ?? null,
      target_name: target && nameOf(target),
      outcome,
      via: by.via,
      ip: by.ip,
      agent: by.agent,
      slack_user_id: by.slack?.userId ?? null,
      slack_team_id: by.slack?.teamId ?? null,
      changes: JSON.stringify(changes ?? {}),
      data: JSON.stringify(data),
    })
    .execute();
}

/** How the name of a target is read. */
const targetNames = {
  alert: sql`select '#' || number || ' ' || left(title, 200) as name from alerts`,
  boomerang: sql`select left(question, 200) as name from boomerangs`,
  suppression: null,
  silence: sql`select left(reason, 200) as name from silences`,
  source: sql`select name from sources`,
  detection: sql`select coalesce(name, detection_id) as name from detections`,
  destination: sql`select display_name as name from destinations`,
  installation: sql`select coalesce(team_name, enterprise_name) as name from installations`,
  user: sql`select name from users`,
  role: sql`select name from roles`,
  session: null,
  view: sql`select name from views`,
  api_token: sql`select name from api_tokens`,
} as const;
export type TargetType = keyof typeof targetNames;

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Its name as it is in this transaction; null if it has none. */
function nameOf({ type, id }: Target) {
  const read = targetNames[type];
  return read && uuidPattern.test(id) ? sql<string | null>`(${read} where id = ${id})` : null;
}

type Settings = Extract<Notification, { settings: unknown }>["settings"];

/** Adds a change of the setup to the audit log and notifies live readers; both take effect only if `tx` commits. */
export async function auditAndNotify(
  tx: Transaction,
  by: Principal,
  { what, ...entry }: AuditEntry & { what: Settings },
): Promise<void> {
  await audit(tx, by, entry);
  await notify(tx, { settings: what });
}
