import { type Kysely, sql } from "kysely";

/**
 * `wrong_since`: the card shows an old status, assignee or severity; null if only its event count is old. `counted_at`
 * and `count_wait` let edits of the count back off. `posted_seq`: the history that the first drawing of the card shows.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table cards add wrong_since timestamptz, add counted_at timestamptz, add count_wait int not null default 3,
      add posted_seq int not null default 0;
    update cards set wrong_since = update_due_at where update_due_at is not null`.execute(db);
}
