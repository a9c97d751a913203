import { sql } from "kysely";
import type { Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import { transaction } from "../../db/transaction.ts";
import type { Principal } from "../../people/principal.ts";
import { noteChange } from "../note-change.ts";
import { noSource } from "../../ingest/source.ts";

/** Deletes a source and revokes its keys; its alerts stay, and go on naming it. */
export function deleteSource(db: Database, id: string, by: Principal): Promise<Refusal | null> {
  return transaction(db, async (tx) => {
    const deleted = await tx
      .updateTable("sources")
      .set({ deleted_at: sql`now()` })
      .where("id", "=", id)
      .where("deleted_at", "is", null)
      .returning("name")
      .executeTakeFirst();
    if (!deleted) return noSource;
    await tx
      .updateTable("source_keys")
      .set({ revoked_at: sql`now()` })
      .where("source_id", "=", id)
      .where("revoked_at", "is", null)
      .execute();
    const target = { type: "source", id };
    await noteChange(tx, by, { what: "sources", action: "source.deleted", target, data: deleted });
    return null;
  });
}
