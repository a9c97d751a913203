import { type Kysely, sql } from "kysely";

/**
 * The times of each workspace's last edits. The previous version counts with `updates_spent_until`; both may
 * run at the same time, and both obey Slack's 429.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table installations add column updates_at timestamptz[] not null default '{}'`.execute(db);
}
