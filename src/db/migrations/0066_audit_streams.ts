import { type Kysely, sql } from "kysely";

/** Where each entry of the audit log is sent as it is chained: at most one webhook and one syslog server. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(streams).execute(db);
}

const streams = `
  create table audit_streams (
    kind text primary key check (kind in ('webhook', 'syslog')),
    settings jsonb not null,
    -- Base64 by name.
    sealed jsonb not null default '{}',
    -- The last link that the receiver has taken.
    sent_seq bigint not null,
    last_sent_at timestamptz,
    run_at timestamptz not null default now(),
    lease uuid,
    leased_until timestamptz,
    attempts int not null default 0,
    fault text,
    fault_since timestamptz,
    -- Whether a person has to act, or it has failed several times.
    broken boolean not null default false,
    created_at timestamptz not null default now()
  );
`;
