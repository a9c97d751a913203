import { type Kysely, sql } from "kysely";

/** The signing secret that was replaced counts for a while: what Slack signed before is still on its way. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table slack_app
    add column previous_signing_secret bytea,
    add column previous_signing_secret_until timestamptz`.execute(db);
}
