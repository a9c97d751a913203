import type { Kysely } from "kysely";
import type { Refusal } from "../alert/refusal.ts";
import type { Severity } from "../alert/severity.ts";
import type { ResolvePolicy, SourceKind } from "../alert/source-kind.ts";
import type { Tables } from "../db/tables/tables.ts";

/** A tool that sends reports, with its valid keys: of each only what may be shown. */
export interface Source {
  id: string;
  kind: SourceKind;
  name: string;
  defaultSeverity: Severity;
  resolves: ResolvePolicy;
  keys: SourceKey[];
  lastReceivedAt: Date | null;
  createdAt: Date;
}

export interface SourceKey {
  id: string;
  /** Its last four characters. */
  hint: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

export const noSource: Refusal = { refused: "not_found", why: "There is no such source." };

export function sourceNameTaken(name: string): Refusal {
  return { refused: "conflict", field: "name", why: `There is already a source with the name "${name}".` };
}

/** Which sources to read: one, or a page of `limit` in the order of their making. */
export type Which = { id: string } | { after: string | null; limit: number };

/** Reads sources that aren't deleted. */
export async function readSources(db: Kysely<Tables>, which: Which): Promise<Source[]> {
  const rows = await sourceRows(db, which);
  if (rows.length === 0) return [];
  const keys = Map.groupBy(
    await keyRows(
      db,
      rows.map(({ id }) => id),
    ),
    (key) => key.sourceId,
  );
  return rows.map((row) => ({
    ...row,
    keys: (keys.get(row.id) ?? []).map(({ sourceId: _, ...key }) => key),
  }));
}

function sourceRows(db: Kysely<Tables>, which: Which) {
  const living = db
    .selectFrom("sources")
    .select(["id", "kind", "name", "default_severity as defaultSeverity", "resolves"])
    .select(["last_received_at as lastReceivedAt", "created_at as createdAt"])
    .where("deleted_at", "is", null);
  if ("id" in which) return living.where("id", "=", which.id).execute();
  const page = which.after ? living.where("id", ">", which.after) : living;
  return page.orderBy("id").limit(which.limit).execute();
}

function keyRows(db: Kysely<Tables>, sourceIds: string[]) {
  return db
    .selectFrom("source_keys")
    .select(["id", "source_id as sourceId", "hint", "created_at as createdAt", "last_used_at as lastUsedAt"])
    .where("source_id", "in", sourceIds)
    .where("revoked_at", "is", null)
    .orderBy("id")
    .execute();
}
