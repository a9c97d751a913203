import type { Kysely } from "kysely";
import { v7 as uuid } from "uuid";
import type { Tables } from "../db/tables/tables.ts";
import type { Principal } from "./principal.ts";

export interface AuditEntry {
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
