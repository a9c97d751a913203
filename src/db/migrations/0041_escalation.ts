import { type Kysely, sql } from "kysely";

/** Another destination for alerts on which nobody acts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  alter table destinations
    add column escalate_to uuid references destinations,
    -- Minutes by severity.
    add column escalate_after jsonb not null default '{}';

  -- When the alert also goes to the other destination, unless somebody acts before.
  alter table deliveries add column escalate_at timestamptz;
  create index deliveries_escalate on deliveries (escalate_at) where escalate_at is not null;
`;
