import { timingSafeEqual } from "node:crypto";
import { sql } from "kysely";
import type { Severity } from "../alert/alert.ts";
import type { Expressions } from "../alert/expressions.ts";
import type { Refusal } from "../alert/refusal.ts";
import type { ResolvePolicy } from "../alert/report.ts";
import type { Rate } from "../api/rate-limits.ts";
import type { Database } from "../db/connect.ts";
import { auditAndNotify } from "../people/audit-log/audit.ts";
import { hashSecret, type Principal } from "../people/principal.ts";
import { transactionAs } from "../people/transaction-as.ts";
import type { Vault } from "../secrets/vault.ts";
import { insertKey, type NewKey, sourceNotFound } from "./source.ts";

/** The source of a request with a valid key. */
export interface AuthenticatedSource {
  id: string;
  name: string;
  kind: string;
  defaultSeverity: Severity;
  severityWords: Record<string, Severity>;
  resolves: ResolvePolicy;
  reopenAfter: number | null;
  rateLimit: Rate;
  expressions: Expressions | null;
}

/** Returns null for an unknown source as for a wrong key. */
export type FindSource = (sourceId: string, key: string) => Promise<AuthenticatedSource | null>;

interface FoundSource {
  source: AuthenticatedSource;
  keys: StoredKey[];
  at: number;
}

export interface StoredKey {
  id: string;
  hash: Buffer;
  /** Encrypted; only of kinds whose tool signs with it. */
  sealed: Buffer | null;
}

/** How long a revoked key may still be accepted. A new key works at once. */
const cacheMs = 1000;
/** The minimum interval between writes of a key's last use. */
const touchEveryMs = 60_000;

/**
 * Finds sources by id and key; caches each source for a second. Failed lookups are not cached, so that
 * unauthenticated requests can't fill the memory.
 */
export function sourceFinder(db: Database, clock: () => Date): FindSource {
  const cache = new Map<string, FoundSource>();
  return async (sourceId, key) => {
    const hash = hashSecret(key);
    const now = clock();
    const cached = cache.get(sourceId);
    if (cached && now.getTime() - cached.at < cacheMs && hasKey(cached, hash)) return cached.source;
    const read = await readSource(db, sourceId, now);
    if (!read || !hasKey(read, hash)) return null;
    cache.set(sourceId, read);
    await touchKey(db, hash, now);
    return read.source;
  };
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function hasKey({ keys }: FoundSource, hash: Buffer): boolean {
  return keys.some((valid) => timingSafeEqual(valid.hash, hash));
}

/** A source with its valid keys; null without any. The id may be any text. */
export async function readSource(db: Database, sourceId: string, now: Date): Promise<FoundSource | null> {
  if (!uuidPattern.test(sourceId)) return null;
  const rows = await db.kysely
    .selectFrom("sources")
    .innerJoin("source_keys", "source_keys.source_id", "sources.id")
    .select(["sources.id", "name", "kind", "default_severity as defaultSeverity", "resolves"])
    .select("reopen_after as reopenAfter")
    .select(["source_keys.id as keyId", "key_hash as hash", "sealed"])
    .select(["severity_words as severityWords", "reports_per_second as perSecond", "report_burst as burst"])
    .select("expressions")
    .where("sources.id", "=", sourceId)
    .where("deleted_at", "is", null)
    .where("revoked_at", "is", null)
    .execute();
  const [first] = rows;
  if (!first) return null;
  const { keyId: _, hash: __, sealed: ___, perSecond, burst, ...source } = first;
  return {
    source: { ...source, rateLimit: { perSecond, burst } },
    keys: rows.map(({ keyId, hash, sealed }) => ({ id: keyId, hash, sealed })),
    at: now.getTime(),
  };
}

/** Notes the use of a key. */
export async function touchKey(db: Database, hash: Buffer, now: Date): Promise<void> {
  const before = new Date(now.getTime() - touchEveryMs);
  await db.kysely
    .updateTable("source_keys")
    .set({ last_used_at: now })
    .where("key_hash", "=", hash)
    .where((or) => or.or([or("last_used_at", "is", null), or("last_used_at", "<", before)]))
    .execute();
}

/** Two keys allow rotation without a gap. */
const maxKeys = 2;

const tooManyKeys: Refusal = {
  refused: "conflict",
  why: "This source already has two valid keys. Delete the one that is no longer used, then create a new one.",
};
const keyNotFound: Refusal = { refused: "not_found", why: "This source has no such key." };

/** Creates another key of a source. Only this response contains it. */
export function addKey(
  db: Database,
  { sourceId, vault }: { sourceId: string; vault: Vault },
  by: Principal,
): Promise<NewKey | Refusal> {
  return transactionAs(db, by, "Manage Sources", async (tx) => {
    // Locks the source, so that concurrent requests can't create a third key.
    const source = await tx
      .selectFrom("sources")
      .select(["id", "kind"])
      .where("id", "=", sourceId)
      .where("deleted_at", "is", null)
      .forUpdate()
      .executeTakeFirst();
    if (!source) return sourceNotFound;
    const valid = await tx
      .selectFrom("source_keys")
      .select("id")
      .where("source_id", "=", sourceId)
      .where("revoked_at", "is", null)
      .execute();
    if (valid.length >= maxKeys) return tooManyKeys;
    const made = await insertKey(tx, source, vault);
    await auditAndNotify(tx, by, keyChange("source.key_created", sourceId, made));
    return made;
  });
}

/** Revokes a key. Within a second it is no longer accepted. */
export function revokeKey(
  db: Database,
  { sourceId, keyId }: { sourceId: string; keyId: string },
  by: Principal,
): Promise<Refusal | null> {
  return transactionAs(db, by, "Manage Sources", async (tx) => {
    const revoked = await tx
      .updateTable("source_keys")
      .set({ revoked_at: sql`now()` })
      .where("source_id", "=", sourceId)
      .where("id", "=", keyId)
      .where("revoked_at", "is", null)
      .returning(["id", "hint"])
      .executeTakeFirst();
    if (!revoked) return keyNotFound;
    await auditAndNotify(tx, by, keyChange("source.key_revoked", sourceId, revoked));
    return null;
  });
}

function keyChange(
  action: "source.key_created" | "source.key_revoked",
  sourceId: string,
  { id, hint }: Pick<NewKey, "id" | "hint">,
) {
  const target = { type: "source", id: sourceId } as const;
  return { what: "sources", action, target, changes: null, data: { id, hint } } as const;
}
