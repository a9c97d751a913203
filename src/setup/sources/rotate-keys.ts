import { sql } from "kysely";
import type { Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import { transaction } from "../../db/transaction.ts";
import type { Principal } from "../../people/principal.ts";
import { noteChange } from "../note-change.ts";
import { insertKey, type NewKey } from "./insert-key.ts";
import { noSource } from "../../ingest/source.ts";

/** Two let a tool be moved to its new key without a gap; more would only be forgotten somewhere. */
const mostKeys = 2;

const enough: Refusal = {
  refused: "conflict",
  why: "Two keys are valid already. Delete the one that no tool uses any more, then make a new one.",
};
const noKey: Refusal = { refused: "not_found", why: "This source has no such key." };

/** Makes another key of the source, which only this answer shows. */
export function addKey(db: Database, sourceId: string, by: Principal): Promise<NewKey | Refusal> {
  return transaction(db, async (tx) => {
    // Locks the source, so that two at once can't make a third key.
    const source = await tx
      .selectFrom("sources")
      .select("id")
      .where("id", "=", sourceId)
      .where("deleted_at", "is", null)
      .forUpdate()
      .executeTakeFirst();
    if (!source) return noSource;
    const valid = await tx
      .selectFrom("source_keys")
      .select("id")
      .where("source_id", "=", sourceId)
      .where("revoked_at", "is", null)
      .execute();
    if (valid.length >= mostKeys) return enough;
    const made = await insertKey(tx, sourceId);
    await noteChange(tx, by, keyChange("source.key_created", sourceId, made));
    return made;
  });
}

/** Revokes a key: within a second nothing comes in by it any more. */
export function revokeKey(
  db: Database,
  { sourceId, keyId }: { sourceId: string; keyId: string },
  by: Principal,
): Promise<Refusal | null> {
  return transaction(db, async (tx) => {
    const revoked = await tx
      .updateTable("source_keys")
      .set({ revoked_at: sql`now()` })
      .where("source_id", "=", sourceId)
      .where("id", "=", keyId)
      .where("revoked_at", "is", null)
      .returning(["id", "hint"])
      .executeTakeFirst();
    if (!revoked) return noKey;
    await noteChange(tx, by, keyChange("source.key_revoked", sourceId, revoked));
    return null;
  });
}

function keyChange(action: string, sourceId: string, { id, hint }: Pick<NewKey, "id" | "hint">) {
  return { what: "sources", action, target: { type: "source", id: sourceId }, data: { id, hint } } as const;
}
