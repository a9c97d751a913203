import { type Kysely, sql } from "kysely";

/** Sources, their keys and their detections. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db);
}

const tables = `
  create table sources (
    id uuid primary key,
    kind text not null,
    name text not null,
    default_severity severity not null default 'MEDIUM',
    resolves text not null default 'untouched' check (resolves in ('always', 'untouched', 'never')),
    created_at timestamptz not null default now(),
    last_received_at timestamptz,
    deleted_at timestamptz
  );
  create unique index sources_name on sources (lower(name)) where deleted_at is null;

  create table source_keys (
    id uuid primary key,
    source_id uuid not null references sources,
    key_hash bytea not null unique,
    hint text not null,
    created_at timestamptz not null default now(),
    last_used_at timestamptz,
    revoked_at timestamptz
  );
  create index source_keys_source on source_keys (source_id);

  create table detections (
    id uuid primary key,
    source_id uuid not null references sources,
    detection_id text not null,
    name text,
    override uuid[],
    created_at timestamptz not null default now(),
    unique (source_id, detection_id)
  );

  -- The response to a request with an Idempotency-Key; kept for a day.
  create table ingest_requests (
    source_id uuid not null references sources,
    key text not null,
    body_hash bytea not null,
    results jsonb,
    created_at timestamptz not null default now(),
    primary key (source_id, key)
  );
`;
