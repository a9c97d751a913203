import { type Kysely, sql } from "kysely";

/** What is known of a card whose posting Slack did not confirm. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(columns).execute(db);
}

const columns = `
  alter table deliveries
    -- When the first attempt began whose answer was lost: the card may stand in Slack since then.
    add column unsure_since timestamptz,
    -- The message in which the card was seen before we knew that it stands.
    add column seen_ts text;
`;
