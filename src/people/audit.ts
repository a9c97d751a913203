import type { Kysely, Selectable } from "kysely";
import { v7 as uuid } from "uuid";
import { type Notification, notify } from "../db/notify.ts";
import type { Tables } from "../db/tables/tables.ts";
import type { Transaction } from "../db/transaction.ts";
import type { Principal } from "./principal.ts";

interface AuditEntry {
  /** What was done, such as `user.created`. */
  action: string;
  target?: { type: string; id: string } | undefined;
  /** Defaults to `ok`. */
  outcome?: "ok" | "refused" | undefined;
  /** The change, or the reason of the refusal; never a secret. */
  data?: Record<string, unknown> | undefined;
}

/** Adds an entry to the audit log. A change and its entry belong in one transaction. */
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

/** At most `count` entries older than the one with the id `before`, newest first. */
export function auditLog(
  db: Kysely<Tables>,
  { before, count }: { before: string | null; count: number },
): Promise<AuditLogEntry[]> {
  const entries = db.selectFrom("audit_log").selectAll().orderBy("id", "desc").limit(count);
  return (before === null ? entries : entries.where("id", "<", before)).execute();
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
