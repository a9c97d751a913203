import type { Kysely, Selectable } from "kysely";
import { v7 as uuid } from "uuid";
import { type Notification, notify } from "../db/notify.ts";
import type { Tables } from "../db/tables/tables.ts";
import type { Transaction } from "../db/transaction.ts";
import type { Principal } from "./principal.ts";

interface AuditEntry {
  /** What was done to what, as `user.created`. */
  action: string;
  target?: { type: string; id: string } | undefined;
  /** `ok` unless told. */
  outcome?: "ok" | "refused" | undefined;
  /** What was changed, or why it was refused; never a secret. */
  data?: Record<string, unknown> | undefined;
}

/** Writes down who did what, from where. A change and its entry belong in one transaction. */
export async function audit(
  tx: Kysely<Tables>,
  by: Pick<Principal, "actor" | "via" | "ip">,
  { action, target, outcome = "ok", data = {} }: AuditEntry,
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
      outcome,
      via: by.via,
      ip: by.ip,
      data: JSON.stringify(data),
    })
    .execute();
}

export type AuditLogEntry = Selectable<Tables["audit_log"]>;

/** At most `count` entries of the audit log, newest first, from before the one whose id is `before`. */
export function auditLog(
  db: Kysely<Tables>,
  { before, count }: { before: string | null; count: number },
): Promise<AuditLogEntry[]> {
  const entries = db.selectFrom("audit_log").selectAll().orderBy("id", "desc").limit(count);
  return (before === null ? entries : entries.where("id", "<", before)).execute();
}

type Settings = Extract<Notification, { settings: unknown }>["settings"];

/** Puts a change of set-up into the audit log, and tells those who show it; both only if `tx` commits. */
export async function noteChange(
  tx: Transaction,
  by: Principal,
  { what, ...entry }: AuditEntry & { what: Settings },
): Promise<void> {
  await audit(tx, by, entry);
  await notify(tx, { settings: what });
}
