import { type Kysely, sql } from "kysely";

/**
 * What is needed to notice that a source fell silent, or that its bodies became unreadable
 * (docs/behaviour.md#sources-that-need-attention). Nodes of the previous version don't count what they receive.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  alter table sources
    add column no_data_alert boolean not null default true,
    add column no_data_hours integer not null default 24 check (no_data_hours between 1 and 168),
    add column unreadable_alert boolean not null default true;

  -- How many bodies came within ten minutes.
  create table source_activity (
    source_id uuid not null references sources,
    at timestamptz not null,
    taken integer not null,
    refused integer not null,
    last_at timestamptz not null,
    primary key (source_id, at)
  );

  create table source_faults (
    id uuid primary key,
    source_id uuid not null references sources,
    fault text not null check (fault in ('SOURCE_NO_DATA', 'SOURCE_UNREADABLE')),
    since timestamptz not null,
    alert_id uuid,
    ended_at timestamptz
  );
  create unique index source_faults_open on source_faults (source_id, fault) where ended_at is null;
`;
