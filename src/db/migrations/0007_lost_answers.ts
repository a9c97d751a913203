import { type Kysely, sql } from "kysely";

/** Cards whose posting Slack did not confirm. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(columns).execute(db);
}

const columns = `
  alter table deliveries
    -- Start of the first attempt whose answer was lost: the card may be in Slack since then.
    add column unsure_since timestamptz,
    -- The message in which the card was seen before Slack confirmed it.
    add column seen_ts text;
`;
