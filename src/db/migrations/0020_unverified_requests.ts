import { type Kysely, sql } from "kysely";

/** Requests from Slack that came before the signing secret was saved, to check the secret with. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(unverified).execute(db);
}

const unverified = `
  -- At most five rows, for an hour. Unlogged, because losing them in a crash does no harm.
  create unlogged table slack_unverified (
    id uuid primary key,
    at timestamptz not null,
    timestamp text not null,
    signature text not null,
    -- Encrypted, because it may contain messages of people.
    body bytea not null
  );
`;
