import { type Kysely, sql } from "kysely";

/** Link buttons on a destination's cards: a label, and a URL that may contain alert fields. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table destinations add column link_buttons jsonb not null default '[]'`.execute(db);
}
