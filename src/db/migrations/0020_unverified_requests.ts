import { type Kysely, sql } from "kysely";

/** What Slack sent before its signing secret was known, to try the secret on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(unverified).execute(db);
}

const unverified = `
  -- At most five rows, for an hour: unlogged, since losing them in a crash costs nothing.
  create unlogged table slack_unverified (
    id uuid primary key,
    at timestamptz not null,
    timestamp text not null,
    signature text not null,
    -- Sealed: it may hold what people wrote.
    body bytea not null
  );
`;
