import { type Kysely, sql } from "kysely";

/** Installing the Slack app by OAuth, from the button to the confirmation. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(installs).execute(db);
}

const installs = `
  create table slack_installs (
    id uuid primary key,
    -- Null once Slack has sent the browser back: a state works once.
    state_hash bytea unique,
    session_hash bytea not null references sessions on delete cascade,
    expires_at timestamptz not null,
    -- Why it came to nothing, in words; else what Slack granted, its token sealed.
    refusal text,
    token bytea,
    found jsonb
  );
  create index slack_installs_session on slack_installs (session_hash);
`;
