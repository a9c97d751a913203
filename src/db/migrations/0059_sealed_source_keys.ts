import { type Kysely, sql } from "kysely";

/**
 * A copy of a key, encrypted, for sources whose tool signs its bodies with it instead of sending it. A node of the
 * previous version knows no such kind and leaves it null.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table source_keys add column sealed bytea`.execute(db);
}
