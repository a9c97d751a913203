import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables/tables.ts";
import { linkHash } from "./chain.ts";
import { type AuditRow, recordColumns, recordOf } from "./record.ts";

/** What is wrong with the audit log, where first. */
interface ChainFault {
  what: "changed" | "removed" | "inserted" | "cut" | "not the chain that was noted";
  /** The id of the entry; null if nothing names it any more. */
  entry: string | null;
  text: string;
}

export interface ChainReport {
  /** How many entries are chained, and the times of the first and the last. */
  count: number;
  from: string | null;
  to: string | null;
  head: { seq: number; hash: string };
  /** Entries that wait to be chained, which takes about a second. */
  unchained: number;
  /** How many entries retention has removed from the beginning. */
  removed: number;
  /** Null if it is intact. */
  fault: ChainFault | null;
}

/** A link of the chain with its entry, whose columns are null if it is gone. */
interface Link {
  seq: number;
  entryId: string;
  hash: string;
  entry: AuditRow | null;
}

/** The hash and number of the link before. */
interface Place {
  seq: number;
  hash: string;
}

/** What is wrong with a link behind `before`; null if it fits. */
function checkLink(before: Place, { seq, entryId, hash, entry }: Link): ChainFault | null {
  if (seq !== before.seq + 1) {
    const links = seq - before.seq - 1;
    const text = `${links === 1 ? "a link is" : `${links} links are`} missing between #${before.seq} and #${seq}`;
    return { what: "removed", entry: null, text };
  }
  if (!entry)
    return { what: "removed", entry: entryId, text: `entry #${seq} is in the chain, but not in the log` };
  if (linkHash(before.hash, recordOf(entry)) === hash) return null;
  return { what: "changed", entry: entryId, text: `entry #${seq} doesn't have the content that was chained` };
}

const batchSize = 1000;

/**
 * Walks the chain in batches, in one snapshot of the database. Stops at the first fault. `expect` is a hash that somebody
 * noted earlier, which must still be in the chain.
 */
export function verifyChain(
  db: Kysely<Tables>,
  { expect = null }: { expect?: string | null } = {},
): Promise<ChainReport> {
  return db
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute(async (tx) => {
      await sql`select set_config('statement_timeout', '10min', true)`.execute(tx);
      const head = await readHead(tx);
      const report = await walk(tx, head, expect);
      return { ...report, fault: report.fault ?? (await findUnlinked(tx)) };
    });
}

interface Head extends Place {
  start: Place;
}

async function readHead(db: Kysely<Tables>): Promise<Head> {
  const { seq, hash, start_seq, start_hash } = await db
    .selectFrom("audit_head")
    .select(["seq", "hash", "start_seq", "start_hash"])
    .executeTakeFirstOrThrow();
  return { seq, hash: hash.toString("hex"), start: { seq: start_seq, hash: start_hash.toString("hex") } };
}

async function walk(db: Kysely<Tables>, head: Head, expect: string | null): Promise<ChainReport> {
  const waiting = await db
    .selectFrom("audit_unchained")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  const { seq, hash, start } = head;
  const base = { head: { seq, hash }, unchained: waiting.count, removed: start.seq };
  let before = start;
  let seen = expect === null || start.hash === expect;
  let [from, to]: (string | null)[] = [null, null];
  const done = (fault: ChainFault | null) => {
    return { ...base, count: before.seq - start.seq, from: from ?? null, to: to ?? null, fault };
  };
  while (true) {
    const links = await readLinks(db, before.seq);
    for (const link of links) {
      const fault = checkLink(before, link);
      if (fault) return done(fault);
      before = { seq: link.seq, hash: link.hash };
      from ??= link.entry?.at ?? null;
      to = link.entry?.at ?? null;
      seen ||= link.hash === expect;
    }
    if (links.length < batchSize) break;
  }
  return done(checkEnd(before, head) ?? (seen ? null : notNoted(expect)));
}

/** Compares where the chain ends with the head that is kept apart from it. */
function checkEnd(last: Place, head: Place): ChainFault | null {
  if (last.seq < head.seq) {
    const text = `the chain ends at #${last.seq}, but its head is #${head.seq}: the newest entries were removed`;
    return { what: "cut", entry: null, text };
  }
  if (last.hash === head.hash) return null;
  const text = `the chain ends at #${last.seq} with another hash than its head`;
  return { what: last.seq > head.seq ? "inserted" : "changed", entry: null, text };
}

function notNoted(expect: string | null): ChainFault {
  const text = `no entry has the hash ${expect}: the chain was written again or cut since it was noted, or retention removed that entry`;
  return { what: "not the chain that was noted", entry: null, text };
}

async function readLinks(db: Kysely<Tables>, after: number): Promise<Link[]> {
  const { rows } = await sql<AuditRow & { seq: number; entryId: string; hash: string; found: boolean }>`
    select c.seq, c.entry_id as "entryId", encode(c.hash, 'hex') as hash, a.id is not null as found, ${recordColumns}
    from audit_chain c left join audit_log a on a.id = c.entry_id
    where c.seq > ${after} order by c.seq limit ${batchSize}`.execute(db);
  return rows.map(({ seq, entryId, hash, found, ...row }) => ({
    seq,
    entryId,
    hash,
    entry: found ? row : null,
  }));
}

/** An entry that is neither chained nor queued, or one that was queued and is gone. */
async function findUnlinked(db: Kysely<Tables>): Promise<ChainFault | null> {
  const inserted = await sql<{ id: string }>`
    select a.id from audit_log a where not exists (select from audit_chain c where c.entry_id = a.id)
      and not exists (select from audit_unchained u where u.at = a.at and u.entry_id = a.id)
    order by a.at, a.id limit 1`.execute(db);
  const [stray] = inserted.rows;
  if (stray)
    return { what: "inserted", entry: stray.id, text: "an entry is in the log, but not in the chain" };
  const removed = await sql<{ id: string }>`
    select entry_id as id from audit_unchained u
    where not exists (select from audit_log a where a.id = u.entry_id) limit 1`.execute(db);
  const [gone] = removed.rows;
  return gone
    ? { what: "removed", entry: gone.id, text: "an entry was removed before it was chained" }
    : null;
}
