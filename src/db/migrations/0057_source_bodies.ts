import { type Kysely, sql } from "kysely";

/**
 * Bodies that sources sent (docs/behaviour.md#kept-bodies): those not understood as a whole, and some that were. Nodes of
 * the previous version don't write any.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  create table source_bodies (
    id uuid primary key,
    source_id uuid not null references sources,
    -- SHA-256 of the body as it is kept. The same body again is the same row.
    hash bytea not null,
    first_at timestamptz not null,
    last_at timestamptz not null,
    times integer not null default 1,
    outcome text not null check (outcome in ('taken', 'partly', 'refused')),
    -- One letter for each report: t taken, w taken with a warning, x refused.
    outcomes text not null,
    -- Words for severities that Tocsin doesn't know.
    unknown_words text[] not null default '{}',
    -- The first hundred results, those that went wrong before the others.
    results jsonb not null,
    content_type text,
    -- The length of the body; what is kept is compressed and has secrets replaced. Null: taken, and too large to keep.
    bytes integer not null,
    body bytea,
    -- What the row counts towards the limits.
    size integer not null,
    replays integer not null default 0,
    replayed_at timestamptz,
    unique (source_id, hash)
  );
  alter table source_bodies alter column body set storage external;
  create index source_bodies_newest on source_bodies (source_id, last_at desc, id desc);
  create index source_bodies_last_at on source_bodies (last_at);
`;
