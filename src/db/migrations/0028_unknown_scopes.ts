import { type Kysely, sql } from "kysely";

/** Null means that Slack did not say which scopes it granted: a proxy may drop the header `x-oauth-scopes`. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table installations alter scopes drop not null`.execute(db);
}
