import { type Kysely, sql } from "kysely";

/**
 * A refusal that Tocsin doesn't know holds its delivery; three different deliveries refused in a row hold the line.
 * `repairs` counts repairs of a line, so that a post that failed before one doesn't hold the line after it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table deliveries add refused boolean not null default false;
    alter table lines add refused_code text, add refused_ids uuid[] not null default '{}',
      add repairs int not null default 0`.execute(db);
}
