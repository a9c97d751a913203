import { type Kysely, sql } from "kysely";

/**
 * When each workspace's last updates were made. `updates_spent_until` is what the version before counts with;
 * both may run for a while, and Slack's 429 is obeyed by either.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table installations add column updates_at timestamptz[] not null default '{}'`.execute(db);
}
