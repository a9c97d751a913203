import { sql } from "kysely";
import type { Transaction } from "../db/transaction.ts";

/** A request with an Idempotency-Key, stored to recognise repeats of it. */
export interface StoredRequest<Result> {
  sourceId: string;
  key: string;
  bodyHash: Buffer;
  results: Result[];
}

export type KeyClaim<Result> =
  | { kind: "new" }
  /** The same request came within the last 24 hours; these are its results. */
  | { kind: "repeat"; results: Result[] }
  | { kind: "other-body" };

/**
 * Claims the Idempotency-Key of a new request, so that a second one with it waits for this transaction, or
 * returns the earlier results. Call `storeResults` in the same transaction.
 */
export async function claimKey<Result>(
  tx: Transaction,
  request: Omit<StoredRequest<Result>, "results">,
): Promise<KeyClaim<Result>> {
  const { sourceId, key, bodyHash } = request;
  const claimed = await sql`
    insert into ingest_requests (source_id, key, body_hash) values (${sourceId}, ${key}, ${bodyHash})
    on conflict (source_id, key) do update set body_hash = excluded.body_hash, created_at = now(), results = null
      where ingest_requests.created_at < now() - interval '24 hours'
    returning 1`.execute(tx);
  if (claimed.rows.length > 0) return { kind: "new" };
  const earlier = await tx
    .selectFrom("ingest_requests")
    .select(["body_hash", "results"])
    .where("source_id", "=", sourceId)
    .where("key", "=", key)
    .executeTakeFirstOrThrow();
  if (!earlier.body_hash.equals(bodyHash)) return { kind: "other-body" };
  return { kind: "repeat", results: (earlier.results ?? []) as Result[] };
}

/** Stores the results of a request whose key was claimed. */
export async function storeResults<Result>(tx: Transaction, request: StoredRequest<Result>): Promise<void> {
  await tx
    .updateTable("ingest_requests")
    .set({ results: JSON.stringify(request.results) })
    .where("source_id", "=", request.sourceId)
    .where("key", "=", request.key)
    .execute();
}
