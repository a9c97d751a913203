import { type Kysely, sql } from "kysely";

/** Saved views of the list (docs/behaviour.md#9-the-console). Without an owner: made by an API token, and shared. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  create table views (
    id uuid primary key,
    owner_id uuid references users,
    name text not null,
    shared boolean not null,
    filters jsonb not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check (shared or owner_id is not null)
  );
  create index views_owner on views (owner_id);
  create index views_shared on views (id) where shared;
`;
