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
    update messages set wanted = wanted + 1, edit_at = now(),
      touched_at = case when ${touched} then now() else touched_at end
    where id in ${ids}`.execute(tx);
}

/** The message of a digest whose menu was just used. */
export interface DigestMessage {
  line: string;
  /** Null until Slack has confirmed the message. */
  ts: string | null;
  permalink: string | null;
}

/**
 * Schedules an urgent edit of a digest with a new block version, so that its menu shows no selection. Returns
 * its message; null if the line has no digest with this id.
 */
export async function redrawDigest(
  tx: Database["kysely"] | Transaction,
  { digestId, line }: { digestId: string; line: string },
): Promise<DigestMessage | null> {
  const { rows } = await sql<DigestMessage>`
    update digests set redraws = redraws + 1, dirty = true, touched_at = now(),
      due_at = case when ts is null then due_at else now() end
    where id = ${digestId} and line = ${line} and not gone
    returning line, ts, permalink`.execute(tx);
  return rows[0] ?? null;
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
