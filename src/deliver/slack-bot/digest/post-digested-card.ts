import { sql } from "kysely";
import type { Transaction } from "../../../db/transaction.ts";

/**
 * Queues the card of an alert that stands in a digest, before others of its line; from then on it is an alert
 * like any other there, with a thread. With `line` in that channel only, else wherever it was digested. False
 * if it has its card already, or was never gathered.
 */
export async function postDigestedCard(
  tx: Transaction,
  { alertId, line = null }: { alertId: string; line?: string | null },
): Promise<boolean> {
  const queued = await sql`
    with queued as (
      update deliveries set state = 'waiting', asked = true, run_at = now(), error = null, shape = 0,
        created_at = now()
      where alert_id = ${alertId} and line = coalesce(${line}, line)
        and (state = 'digested' or (state = 'waiting' and digest_id is not null and not asked))
      returning digest_id
    ), changed as (
      insert into digest_changes (digest_id) select distinct digest_id from queued
    )
    select from queued`.execute(tx);
  return queued.rows.length > 0;
}
