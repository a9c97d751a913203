import { type Kysely, sql } from "kysely";

/** The buttons that a destination adds to its cards, each a label and an address that may name fields. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table destinations add column link_buttons jsonb not null default '[]'`.execute(db);
}
