import type { Kysely, Selectable } from "kysely";
import type { Tables } from "../db/tables/tables.ts";

export type AuditLogEntry = Selectable<Tables["audit_log"]>;

/** At most `count` entries of the audit log, newest first, from before the one whose id is `before`. */
export function auditLog(
  db: Kysely<Tables>,
  { before, count }: { before: string | null; count: number },
): Promise<AuditLogEntry[]> {
  const entries = db.selectFrom("audit_log").selectAll().orderBy("id", "desc").limit(count);
  return (before === null ? entries : entries.where("id", "<", before)).execute();
}
