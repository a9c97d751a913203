import { type Kysely, sql } from "kysely";

/**
 * Why an alert was closed. Nodes of the previous version leave the disposition when they change the status; the next
 * change of it takes it away.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  create type disposition as enum ('TRUE_POSITIVE', 'BENIGN', 'FALSE_POSITIVE', 'DUPLICATE', 'OTHER');
  alter table alerts
    add column disposition disposition,
    -- The number of the other alert; no foreign key, because that one may be deleted earlier.
    add column duplicate_of bigint;
  create index alerts_disposition on alerts (disposition, created_at desc, id desc) where disposition is not null;
`;
