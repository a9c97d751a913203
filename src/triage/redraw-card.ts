import { sql } from "kysely";
import type { Database } from "../db/connect.ts";
import type { Transaction } from "../db/transaction.ts";

/**
 * Has a card drawn again with its true values under a new block id: the client of whoever used a select goes
 * on showing what they chose until then, whether it was accepted or not.
 */
export async function redrawCard(
  db: Database["kysely"] | Transaction,
  message: { channelId: string; ts: string },
): Promise<void> {
  await sql`
    update cards set redraws = redraws + 1, update_wanted = update_wanted + 1, update_due_at = now(),
      touched_at = now()
    where channel_id = ${message.channelId} and ts = ${message.ts} and not gone`.execute(db);
}
