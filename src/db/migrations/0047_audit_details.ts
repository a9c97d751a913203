import { type Kysely, sql } from "kysely";

/** Who, from where, on what and from what to what, in the audit log. Entries of earlier versions lack them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  alter table audit_log
    add column agent text,
    add column slack_user_id text,
    add column slack_team_id text,
    add column target_name text,
    add column changes jsonb not null default '{}';
`;
