import { timingSafeEqual } from "node:crypto";
import { sql } from "kysely";
import type { Severity } from "../alert/alert.ts";
import type { Refusal } from "../alert/refusal.ts";
import type { ResolvePolicy, SourceKind } from "../alert/report.ts";
import type { Database } from "../db/connect.ts";
import { transaction } from "../db/transaction.ts";
import { auditAndNotify } from "../people/audit.ts";
import { hashSecret, type Principal } from "../people/principal.ts";
import { insertKey, type NewKey, noSource } from "./source.ts";

/** What ingest must know of a source whose key was shown. */
export interface KnownSource {
  id: string;
  name: string;
  kind: SourceKind;
  defaultSeverity: Severity;
  resolves: ResolvePolicy;
}

/** Null for an unknown source and for a bad key alike. */
export type FindSource = (sourceId: string, key: string) => Promise<KnownSource | null>;

interface Read {
  source: KnownSource;
  hashes: Buffer[];
  at: number;
}

/** How long a revoked key may still pass, in milliseconds. A new one passes at once. */
const rememberMs = 1000;
/** The most often that a key's last use is written. */
const touchEveryMs = 60_000;

/**
 * Finds the source that a key belongs to, asking the database once a second for each source. Only what was
 * found is remembered, so strangers can't fill the memory.
 */
export function sourceFinder(db: Database, clock: () => Date): FindSource {
  const remembered = new Map<string, Read>();
  return async (sourceId, key) => {
    const hash = hashSecret(key);
    const now = clock();
    const known = remembered.get(sourceId);
    if (known && now.getTime() - known.at < rememberMs && holds(known, hash)) return known.source;
    const read = uuid.test(sourceId) ? await readSource(db, sourceId, now) : null;
    if (!read || !holds(read, hash)) return null;
    remembered.set(sourceId, read);
    await touch(db, hash, now);
    return read.source;
  };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function holds({ hashes }: Read, hash: Buffer): boolean {
  return hashes.some((valid) => timingSafeEqual(valid, hash));
}

async function readSource(db: Database, sourceId: string, now: Date): Promise<Read | null> {
  const rows = await db.kysely
    .selectFrom("sources")
    .innerJoin("source_keys", "source_keys.source_id", "sources.id")
    .select(["sources.id", "name", "kind", "default_severity as defaultSeverity", "resolves", "key_hash"])
    .where("sources.id", "=", sourceId)
    .where("deleted_at", "is", null)
    .where("revoked_at", "is", null)
    .execute();
  const [first] = rows;
  if (!first) return null;
  const { key_hash: _, ...source } = first;
  return { source, hashes: rows.map((row) => row.key_hash), at: now.getTime() };
}

async function touch(db: Database, hash: Buffer, now: Date): Promise<void> {
  const before = new Date(now.getTime() - touchEveryMs);
  await db.kysely
    .updateTable("source_keys")
    .set({ last_used_at: now })
    .where("key_hash", "=", hash)
    .where((or) => or.or([or("last_used_at", "is", null), or("last_used_at", "<", before)]))
    .execute();
}

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
    await auditAndNotify(tx, by, keyChange("source.key_created", sourceId, made));
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
    await auditAndNotify(tx, by, keyChange("source.key_revoked", sourceId, revoked));
    return null;
  });
}

function keyChange(action: string, sourceId: string, { id, hint }: Pick<NewKey, "id" | "hint">) {
  return { what: "sources", action, target: { type: "source", id: sourceId }, data: { id, hint } } as const;
}
