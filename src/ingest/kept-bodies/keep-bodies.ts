import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { type Insertable, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Database } from "../../db/connect.ts";
import type { Tables } from "../../db/tables/tables.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import type { Receipt } from "../ingest-request.ts";
import { bodyOutcome, outcomeLetters, resultsToKeep } from "./kept-body.ts";
import { redactBody, redactSecrets } from "./redact-secrets.ts";

/** Limits of what is kept, in bytes as compressed (docs/behaviour.md#kept-bodies). */
export const bodyLimits = {
  bytes: 100_000_000,
  /** Of one source, so that it can't push out what all the others sent. */
  bytesOfSource: 20_000_000,
  /** Of one source that were taken as they are. */
  takenOfSource: 50,
  /** A body that was taken as it is is not kept if it is larger. */
  takenBytes: 1_048_576,
} as const;

/** A row that is ready to be written. */
export type BodyRow = Insertable<Tables["source_bodies"]> & { times: number };

const compress = promisify(gzip);
/** What a row takes besides its body, its results and outcomes. */
const rowBytes = 400;

/** A body as it is kept: without secrets, compressed on another thread. */
export async function toRow(receipt: Receipt, at: Date): Promise<BodyRow> {
  const { sourceId, bytes, contentType, results, unknownWords } = receipt;
  const outcomes = outcomeLetters(results);
  const outcome = bodyOutcome(outcomes);
  const readable = await redactBody(bytes);
  const isKept = outcome !== "taken" || bytes.length <= bodyLimits.takenBytes;
  const body = isKept ? await compress(readable) : null;
  const told = redactSecrets(JSON.stringify(resultsToKeep(results)));
  return {
    id: uuidv7(),
    source_id: sourceId,
    hash: createHash("sha256").update(readable).digest(),
    first_at: at,
    last_at: at,
    times: 1,
    ...{ outcome, outcomes, results: told, body },
    unknown_words: unknownWords.map(redactSecrets),
    content_type: contentType?.slice(0, 200) ?? null,
    bytes: bytes.length,
    size: rowBytes + (body?.length ?? 0) + told.length + outcomes.length,
  };
}

/** Writes bodies. One that is kept already is marked as received again, with what became of it now. */
export async function keepBodies(db: Pick<Database, "kysely">, rows: readonly BodyRow[]): Promise<void> {
  if (rows.length === 0) return;
  // Again after a deadlock with a node that trims.
  await transaction(db, (tx) => insertOrCount(tx, mergeSame(rows)));
}

async function insertOrCount(tx: Transaction, rows: BodyRow[]): Promise<void> {
  await tx
    .insertInto("source_bodies")
    .values(rows)
    .onConflict((same) =>
      same.columns(["source_id", "hash"]).doUpdateSet(({ ref }) => ({
        last_at: sql<Date>`greatest(source_bodies.last_at, excluded.last_at)`,
        times: sql<number>`source_bodies.times + excluded.times`,
        outcome: ref("excluded.outcome"),
        outcomes: ref("excluded.outcomes"),
        results: ref("excluded.results"),
        unknown_words: ref("excluded.unknown_words"),
      })),
    )
    .execute();
}

/** A statement can't write a row twice. In the order of their keys, so that two nodes never wait for each other. */
function mergeSame(rows: readonly BodyRow[]): BodyRow[] {
  const merged = new Map<string, BodyRow>();
  for (const row of rows) {
    const key = `${row.source_id} ${row.hash.toString("hex")}`;
    const same = merged.get(key);
    merged.set(key, same ? { ...row, id: same.id, first_at: same.first_at, times: same.times + 1 } : row);
  }
  return [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/**
 * Deletes what is over the limits, the oldest first: of a source beyond its share, then of all. Of bodies that were taken
 * as they are, the newest fifty of each source stay; they are the first to go when all is too much.
 */
export async function trimBodies(db: Pick<Database, "kysely">): Promise<void> {
  await sql`
    delete from source_bodies where id in (
      select id from (
        select id, outcome,
          sum(size) over (partition by source_id order by outcome = 'taken', last_at desc, id desc) as of_source,
          row_number() over (partition by source_id, outcome = 'taken' order by last_at desc, id desc) as place,
          sum(size) over (order by outcome = 'taken', last_at desc, id desc) as of_all
        from source_bodies) b
      where of_source > ${bodyLimits.bytesOfSource} or of_all > ${bodyLimits.bytes}
        or (outcome = 'taken' and place > ${bodyLimits.takenOfSource}))`.execute(db.kysely);
}
