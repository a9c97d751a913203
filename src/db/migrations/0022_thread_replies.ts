import { type Kysely, sql } from "kysely";

/** Replies that repeat comments of another thread, so that deleted text can be removed from them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  create table thread_replies (
    card_id uuid not null references cards on delete cascade,
    ts text not null,
    -- The history entries in the reply.
    from_seq int not null,
    to_seq int not null,
    primary key (card_id, ts)
  );
`;
