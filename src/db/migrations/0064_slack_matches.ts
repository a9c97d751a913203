import { type Kysely, sql } from "kysely";

/**
 * Who has a user's email in a Slack workspace, as Slack last said (docs/behaviour.md#users-and-permissions). A node of
 * the previous version reads and writes none.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  create table slack_matches (
    user_id uuid not null references users on delete cascade,
    installation_id uuid not null references installations on delete cascade,
    -- What was looked up: another email of the user ends the match.
    email text not null,
    state text not null check (state in ('matches', 'none', 'refused', 'failed')),
    slack_user_id text,
    name text,
    why text,
    looked_up_at timestamptz not null,
    primary key (user_id, installation_id)
  );

  -- When the next lookup may go out, for all nodes together.
  alter table installations add column match_at timestamptz not null default now();
`;
