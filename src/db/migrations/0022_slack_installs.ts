import { type Kysely, sql } from "kysely";

/** OAuth installations of the Slack app, from the button to the confirmation. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(installs).execute(db);
}

const installs = `
  create table slack_installs (
    id uuid primary key,
    -- Null after Slack's redirect: a state is valid once.
    state_hash bytea unique,
    session_hash bytea not null references sessions on delete cascade,
    expires_at timestamptz not null,
    -- The reason of a failure, for people; otherwise what Slack granted, with the token encrypted.
    refusal text,
    token bytea,
    found jsonb
  );
  create index slack_installs_session on slack_installs (session_hash);
`;
