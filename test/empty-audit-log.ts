import { type Kysely, sql } from "kysely";
import type { Tables } from "../src/db/tables/tables.ts";

/** Empties the audit log and its chain, as only a superuser can: no trigger runs. */
export async function emptyAuditLog(db: Kysely<Tables>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    for (const table of ["audit_log", "audit_chain", "audit_unchained"])
      await sql`delete from ${sql.table(table)}`.execute(tx);
    await sql`update audit_head set seq = 0, start_seq = 0, removed_until = '-infinity',
      hash = decode(repeat('00', 32), 'hex'), start_hash = decode(repeat('00', 32), 'hex')`.execute(tx);
  });
}
