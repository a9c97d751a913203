import { type Kysely, sql } from "kysely";

/** Suppressions: for a while, repeats that a person has confirmed open no alert. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db);
}

const tables = `
  create table suppressions (
    id uuid primary key,
    alert_id uuid not null references alerts,
    -- The recipient who answered Yes.
    ask_id uuid not null references boomerang_asks,
    source_id uuid not null,
    detection_id text not null,
    person text not null,
    email text not null,
    -- The people whom the alert names; a repeat that names anybody else opens an alert.
    people text[] not null,
    created_at timestamptz not null default now(),
    ends_at timestamptz not null,
    check (ends_at <= created_at + interval '24 hours'),
    -- Set when it was ended early.
    ended_at timestamptz
  );
  -- Looked up for every report that would open an alert.
  create index suppressions_detection on suppressions (source_id, detection_id, ends_at) where ended_at is null;
  create index suppressions_alert on suppressions (alert_id);
`;
