import { type Kysely, sql } from "kysely";

/** The replaced signing secret stays valid for a while, for requests that Slack signed before. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table slack_app
    add column previous_signing_secret bytea,
    add column previous_signing_secret_until timestamptz`.execute(db);
}
