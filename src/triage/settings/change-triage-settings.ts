import type { Database } from "../../db/connect.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import type { Principal } from "../../people/principal.ts";
import { noteChange } from "../../setup/note-change.ts";
import { readTriageSettings, type TriageSettings } from "../triage-settings.ts";

/** Absent stays as it is; null goes back to what holds in a new Tocsin. */
export interface TriageSettingsChange {
  commentRequired?: boolean | undefined;
  boomerangEmailFields?: string[] | null | undefined;
}

/** Changes what holds for the triage of every alert, from the next click on. */
export function changeTriageSettings(
  db: Database,
  change: TriageSettingsChange,
  by: Principal,
): Promise<TriageSettings> {
  return transaction(db, async (tx) => {
    await store(tx, "comment_required", change.commentRequired);
    await store(tx, "boomerang_email_fields", change.boomerangEmailFields);
    const data = { ...change };
    await noteChange(tx, by, { what: "settings", action: "settings.changed", data });
    return readTriageSettings(tx);
  });
}

async function store(tx: Transaction, name: string, value: unknown): Promise<void> {
  if (value === undefined) return;
  if (value === null) {
    await tx.deleteFrom("settings").where("name", "=", name).execute();
    return;
  }
  const row = { name, value: JSON.stringify(value) };
  await tx
    .insertInto("settings")
    .values(row)
    .onConflict((same) => same.column("name").doUpdateSet({ value: row.value }))
    .execute();
}
