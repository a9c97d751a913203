import { type Kysely, sql } from "kysely";

/**
 * What retention needs: one row that says when the next run is due and who has it, the time of each sample, and indexes
 * for what a batch looks up. Samples from before count from now on. Nodes of the previous version fill in the defaults.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  create table retention_runs (
    singleton boolean primary key default true check (singleton),
    next_at timestamptz not null,
    -- The claim of the node that runs it; another node takes over after this time.
    lease uuid,
    leased_until timestamptz,
    -- Rows deleted in this run so far, by kind.
    deleted jsonb not null default '{}'
  );
  insert into retention_runs (next_at)
    values (date_trunc('day', now() - interval '3 hours', 'UTC') + interval '27 hours');

  alter table alert_samples add column at timestamptz not null default now();
  create index alert_samples_at on alert_samples (at);
  create index ingest_requests_created on ingest_requests (created_at);
  create index audit_log_at on audit_log (at);
  create index suppressions_ask on suppressions (ask_id);
  create index messages_subject on messages (subject_id);
  create index messages_parent on messages (parent_id) where parent_id is not null;
`;
