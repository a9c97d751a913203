import { sql } from "kysely";
import type { Database } from "../db/connect.ts";
import type { Transaction } from "../db/transaction.ts";

/** A digest on which somebody has just used the menu. */
export interface UsedDigest {
  line: string;
  /** Where it stands; null while Slack has not confirmed that. */
  ts: string | null;
  permalink: string | null;
}

/**
 * Has a digest drawn again under a new block id, before others, so that its menu shows no choice any more.
 * Gives back where it stands; null if there is none with this id in this workspace and channel.
 */
export async function redrawDigest(
  tx: Database["kysely"] | Transaction,
  { digestId, line }: { digestId: string; line: string },
): Promise<UsedDigest | null> {
  const { rows } = await sql<UsedDigest>`
    update digests set redraws = redraws + 1, dirty = true, touched_at = now(),
      due_at = case when ts is null then due_at else now() end
    where id = ${digestId} and line = ${line} and not gone
    returning line, ts, permalink`.execute(tx);
  return rows[0] ?? null;
}

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
