import { type Kysely, sql } from "kysely";

/** The channels of workspaces, as last read from Slack. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(lists).execute(db);
}

// Unlogged, because all of it can be read again.
const lists = `
  create unlogged table slack_channel_lists (
    -- An installation; for an organisation also the workspace.
    installation_id uuid not null,
    team_id text not null default '',
    read_at timestamptz,
    -- One node reads at a time; another one takes over after this time.
    reading_until timestamptz,
    fault text,
    primary key (installation_id, team_id)
  );

  create unlogged table slack_channels (
    installation_id uuid not null,
    team_id text not null default '',
    id text not null,
    name text not null,
    private boolean not null,
    shared_outside boolean not null,
    seen_at timestamptz not null,
    primary key (installation_id, team_id, id)
  );
`;
