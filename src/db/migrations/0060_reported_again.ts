import { type Kysely, sql } from "kysely";

/**
 * What was seen of an alert that a person closed, and how many reports have differed from it since
 * (docs/behaviour.md#reports-that-join-an-alert-closed-by-a-person). Nodes of the previous version never reopen such an
 * alert, and leave the mark "Reported again" when they change its status; the next change takes it away.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  alter table alerts
    add column seen_closed text[],
    add column again_count integer not null default 0;

  -- Null: never.
  alter table sources add column reopen_after integer default 3 check (reopen_after between 1 and 100);
`;
