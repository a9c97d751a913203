import { type Kysely, sql } from "kysely";

/** Repeats that somebody was confirmed to have caused themselves, and that open no alert for a while. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db);
}

const tables = `
  create table suppressions (
    id uuid primary key,
    alert_id uuid not null references alerts,
    -- Whose Yes it rests on.
    ask_id uuid not null references boomerang_asks,
    source_id uuid not null,
    detection_id text not null,
    person text not null,
    email text not null,
    -- Whom the alert names: a repeat that names anybody else is news.
    people text[] not null,
    created_at timestamptz not null default now(),
    ends_at timestamptz not null,
    check (ends_at <= created_at + interval '24 hours'),
    -- When it was ended before its time.
    ended_at timestamptz
  );
  -- Every report that would open an alert is looked up here.
  create index suppressions_detection on suppressions (source_id, detection_id, ends_at) where ended_at is null;
  create index suppressions_alert on suppressions (alert_id);
`;
