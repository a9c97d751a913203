import { type Kysely, sql } from "kysely";

/** When somebody last pressed "Test the buttons" in the welcome message. Nodes of the previous version leave it empty. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table destinations add column buttons_tested_at timestamptz`.execute(db);
}
