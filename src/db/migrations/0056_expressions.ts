import { type Kysely, sql } from "kysely";

/** JSONata expressions by the field that they pick, of sources that have any. The previous version ignores them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sources add column expressions jsonb`.execute(db);
}
