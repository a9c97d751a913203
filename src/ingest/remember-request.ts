import { sql } from "kysely";
import type { Transaction } from "../db/transaction.ts";

/** A request that may come again: its Idempotency-Key, and the hash of its body. */
export interface Remembered<Result> {
  sourceId: string;
  key: string;
  bodyHash: Buffer;
  results: Result[];
}

export type Recall<Result> =
  | { kind: "new" }
  /** The same request was taken within the last 24 hours; this is what it was answered. */
  | { kind: "repeat"; results: Result[] }
  | { kind: "other-body" };

/**
 * Was this request taken before? If not, its key is now ours: a second request with it waits for our commit.
 * Call `answered` in the same transaction once its results are known.
 */
export async function remember<Result>(
  tx: Transaction,
  request: Omit<Remembered<Result>, "results">,
): Promise<Recall<Result>> {
  const { sourceId, key, bodyHash } = request;
  const mine = await sql`
    insert into ingest_requests (source_id, key, body_hash) values (${sourceId}, ${key}, ${bodyHash})
    on conflict (source_id, key) do update set body_hash = excluded.body_hash, created_at = now(), results = null
      where ingest_requests.created_at < now() - interval '24 hours'
    returning 1`.execute(tx);
  if (mine.rows.length > 0) return { kind: "new" };
  const earlier = await tx
    .selectFrom("ingest_requests")
    .select(["body_hash", "results"])
    .where("source_id", "=", sourceId)
    .where("key", "=", key)
    .executeTakeFirstOrThrow();
  if (!earlier.body_hash.equals(bodyHash)) return { kind: "other-body" };
  return { kind: "repeat", results: (earlier.results ?? []) as Result[] };
}

export async function answered<Result>(tx: Transaction, request: Remembered<Result>): Promise<void> {
  await tx
    .updateTable("ingest_requests")
    .set({ results: JSON.stringify(request.results) })
    .where("source_id", "=", request.sourceId)
    .where("key", "=", request.key)
    .execute();
}
