import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Database } from "../../db/connect.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import { canonicalJson } from "./canonical-json.ts";
import { type AuditRecord, type AuditRow, recordColumns, recordOf } from "./record.ts";

/**
 * The hash of an entry: SHA-256, in hex, of the hash before it in hex, a line feed and the record in canonical JSON.
 * docs/audit-log.md tells others, so it can't change.
 */
export function linkHash(previous: string, record: AuditRecord): string {
  return createHash("sha256")
    .update(`${previous}\n${canonicalJson(record)}`)
    .digest("hex");
}

const batchSize = 500;

/**
 * Chains the entries that were committed since the last time; every node calls it each second. Transactions only queue
 * their entries (migration 0065), so none waits for another's. The order of the chain is that of this work: entries that
 * are seen together go by time and id, one that is committed later goes behind.
 */
export async function chainEntries(db: Pick<Database, "kysely">): Promise<void> {
  const waiting = db.kysely.selectFrom("audit_unchained").select("entry_id").limit(1);
  while ((await waiting.execute()).length > 0) {
    if ((await transaction(db, chainBatch)) < batchSize) return;
  }
}

/** Chains a batch and returns how many entries it had; 0 while another node does. */
async function chainBatch(tx: Transaction): Promise<number> {
  const head = await tx
    .selectFrom("audit_head")
    .select(["seq", "hash"])
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!head) return 0;
  const { rows } = await sql<AuditRow>`
    select ${recordColumns} from audit_unchained u join audit_log a on (a.at, a.id) = (u.at, u.entry_id)
    order by u.at, u.entry_id limit ${batchSize}`.execute(tx);
  if (rows.length === 0) return 0;
  let hash = head.hash.toString("hex");
  const hashes = rows.map((row) => {
    hash = linkHash(hash, recordOf(row));
    return hash;
  });
  const ids = rows.map(({ id }) => id);
  await sql`insert into audit_chain (seq, entry_id, hash)
    select ${head.seq}::bigint + n, id, decode(hash, 'hex')
    from unnest(${ids}::uuid[], ${hashes}::text[]) with ordinality as links (id, hash, n)`.execute(tx);
  await sql`delete from audit_unchained where (at, entry_id) in (
    select at, id from audit_log where id = any(${ids}::uuid[]))`.execute(tx);
  await sql`update audit_head set seq = seq + ${rows.length}, hash = decode(${hash}, 'hex')`.execute(tx);
  return rows.length;
}
