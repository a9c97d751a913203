import { type Kysely, sql } from "kysely";

/**
 * When the person last confirmed a session by their password (null until they do so after signing in), and who set the
 * signing secret: the id of a user or token, null if nobody knows.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sessions add column confirmed_at timestamptz`.execute(db);
  await sql`alter table slack_app add column signing_secret_by uuid`.execute(db);
}
