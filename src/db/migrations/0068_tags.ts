import { type Kysely, sql } from "kysely";

/** Lists by tag. Alerts without tags, which are most, don't pay for the index. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw("create index alerts_tags on alerts using gin (tags) where tags <> '{}'").execute(db);
}
