import { type Kysely, sql } from "kysely";

/** The manifests that people copied, downloaded or opened in Slack. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(manifests).execute(db);
}

const manifests = `
  create table slack_manifests (
    id uuid primary key,
    at timestamptz not null default now(),
    taken_by text not null,
    how text not null check (how in ('copied', 'downloaded', 'opened')),
    mode text not null check (mode in ('http', 'socket')),
    thread_mirror boolean not null,
    org_wide boolean not null,
    hash text not null,
    yaml text not null
  );
`;
