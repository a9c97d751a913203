import { type Kysely, sql } from "kysely";

/** How many reports a source may send. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  alter table sources
    add column reports_per_second integer not null default 200 check (reports_per_second > 0),
    add column report_burst integer not null default 2000 check (report_burst > 0);
`;
