import { type Kysely, sql } from "kysely";

/** Where the words of one thread were told in another, so that they can be taken out again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  create table thread_replies (
    card_id uuid not null references cards on delete cascade,
    ts text not null,
    -- The entries of the history that it tells.
    from_seq int not null,
    to_seq int not null,
    primary key (card_id, ts)
  );
`;
