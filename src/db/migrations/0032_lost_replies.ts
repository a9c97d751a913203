import { type Kysely, sql } from "kysely";

/**
 * The reply that is being posted in a card's thread: the id in its metadata, the last history entry that it has, and
 * since when Slack may have it. Empty once Slack has confirmed or refused it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table cards add reply_id uuid, add reply_to_seq int, add reply_since timestamptz, add reply_seen_ts text`.execute(
    db,
  );
}
