import { type Kysely, sql } from "kysely";

/**
 * The people, hosts and addresses of an alert, for "Seen before" (docs/behaviour.md#9-the-console), each as a hash. Kept for
 * 90 days. Alerts that a node of the previous version opens have none.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  create table alert_entities (
    hash bigint not null,
    opened_at timestamptz not null default now(),
    alert_id uuid not null,
    primary key (hash, opened_at, alert_id)
  );
  create index alert_entities_opened on alert_entities using brin (opened_at);
`;
