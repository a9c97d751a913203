import { type Kysely, sql } from "kysely";

/** Alerts, their event samples and their history. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db);
}

const tables = `
  create sequence alert_numbers;

  create table alerts (
    id uuid primary key,
    number bigint not null,
    version int not null default 1,
    status_version int not null default 1,
    assignee_version int not null default 1,
    -- Increases with every visible change; a card that shows an older revision is stale.
    revision int not null default 1,
    -- The seq of the newest history entry.
    history_seq int not null default 0,
    title text not null,
    severity severity not null,
    status alert_status not null,
    type alert_type not null,
    -- No foreign key: sources are never deleted from their table, and checking one would make all
    -- transactions that open alerts lock the same row.
    source_id uuid not null,
    detection_id text not null,
    detection_name text,
    dedup_key bytea not null,
    dedup_string text not null,
    window_ends_at timestamptz not null,
    newest_of_key boolean not null default true,
    source_resolved boolean not null default false,
    touched boolean not null default false,
    join_after_close_told boolean not null default false,
    said_over boolean not null default false,
    log_types text[] not null,
    tags text[] not null,
    reports jsonb not null,
    description text,
    runbook text,
    reference text,
    context jsonb not null,
    event_count int not null default 1,
    assignee_id uuid references users,
    created_at timestamptz not null default now(),
    first_event_at timestamptz not null,
    last_received_at timestamptz not null,
    updated_at timestamptz not null default now(),
    updated_by_type actor_type not null,
    updated_by_id text,
    updated_by_name text not null,
    status_set jsonb
  );
  create unique index alerts_number on alerts (number);
  -- Deduplication: one newest alert per key (docs/behaviour.md#3-dedup).
  create unique index alerts_newest_of_key on alerts (dedup_key) where newest_of_key;
  create index alerts_open on alerts (created_at desc, id desc) where status in ('OPEN', 'TRIAGED');
  create index alerts_created on alerts (created_at desc, id desc);
  create index alerts_assignee on alerts (assignee_id, created_at desc) where assignee_id is not null;

  -- No foreign keys from samples, history and deliveries to their alert: the same transaction opens or locks
  -- it, and the checks would cost an eighth of the reports per second.
  create table alert_samples (
    alert_id uuid not null,
    n smallint not null,
    event jsonb not null,
    primary key (alert_id, n)
  );

  create table history (
    alert_id uuid not null,
    seq int not null,
    at timestamptz not null default now(),
    actor_type actor_type not null,
    actor_id text,
    actor_name text not null,
    via via not null,
    kind text not null,
    data jsonb not null,
    primary key (alert_id, seq)
  );
  create index history_at on history using brin (at);
`;
