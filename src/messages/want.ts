import { type RawBuilder, sql } from "kysely";
import type { Database } from "../db/connect.ts";
import type { Transaction } from "../db/transaction.ts";

/**
 * Schedules a new drawing of messages, once they are in Slack. `ids` is SQL for a set of ids; `touched`: a person waits
 * to see it.
 */
export async function want(
  tx: Transaction,
  ids: RawBuilder<unknown>,
  { touched = false }: { touched?: boolean } = {},
): Promise<void> {
  await sql`
    update messages set wanted = wanted + 1, edit_at = least(edit_at, now()),
      touched_at = case when ${touched} then now() else touched_at end
    where id in ${ids}`.execute(tx);
}

/**
 * Schedules an urgent edit of a card with a new block version: until then the client of the person who used a
 * select shows their choice, even if it was refused.
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
