import { sql } from "kysely";
import type { Transaction } from "../../db/transaction.ts";

/**
 * Deletes up to `most` entries of months that ended `years` ago, and their links: the only way that the database allows
 * (migration 0065). They are taken from the beginning of the chain, and the hash of the last one is kept, so that what is
 * left can be verified. An entry that was chained after one of a later month stays until that month goes.
 */
export async function removeOldEntries(
  tx: Transaction,
  years: number,
  most: number,
): Promise<{ deleted: number }> {
  const until = sql`date_trunc('month', now() - make_interval(years => ${years}), 'UTC')`;
  const head = await tx.selectFrom("audit_head").select("start_seq").forUpdate().executeTakeFirstOrThrow();
  const { rows } = await sql<{ seq: number | null; hash: Buffer }>`
    with first as (
      select c.seq, c.hash, a.at from audit_chain c left join audit_log a on a.id = c.entry_id
      where c.seq > ${head.start_seq} order by c.seq limit ${most})
    select seq, hash from first
    where seq < coalesce((select min(seq) from first where at >= ${until}), (select max(seq) + 1 from first))
    order by seq desc limit 1`.execute(tx);
  const [last] = rows;
  if (!last) return { deleted: 0 };
  await sql`update audit_head set start_seq = ${last.seq}, start_hash = ${last.hash},
    removed_until = greatest(removed_until, ${until})`.execute(tx);
  const old = sql`select entry_id from audit_chain where seq <= ${last.seq}`;
  await sql`delete from audit_log where id in (${old})`.execute(tx);
  const links = await sql`delete from audit_chain where seq <= ${last.seq} returning 1`.execute(tx);
  return { deleted: links.rows.length };
}
