import { type Kysely, sql } from "kysely";

/**
 * Silences (docs/behaviour.md#silences), the alerts that each one silenced, and the mark of those that are silenced now.
 * The mark is in the indexes of the list, whose default leaves such alerts out. Nodes of the previous version silence
 * nothing, lift no mark, and route a silenced alert whose severity rises.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db);
  await sql.raw(indexes).execute(db);
}

const tables = `
  create table silences (
    id uuid primary key,
    reason text not null,
    -- Null: of any source, any detection, any title.
    source_id uuid,
    detection_id text,
    title text,
    -- Empty: any.
    severities text[] not null,
    fields jsonb not null,
    also_critical boolean not null,
    -- The alert that it was created from.
    alert_id uuid,
    created_at timestamptz not null default now(),
    created_by jsonb not null,
    ends_at timestamptz not null check (ends_at <= created_at + interval '90 days'),
    -- Set when somebody ended it early.
    ended_at timestamptz,
    ended_by jsonb
  );
  -- Read by every transaction of the intake: those that run.
  create index silences_running on silences (ends_at) where ended_at is null;

  alter table alerts add column silenced boolean not null default false;

  -- No foreign keys, as with the other parts of an alert. An alert is silenced by at most one silence at a time.
  create table silenced_alerts (
    silence_id uuid not null,
    alert_id uuid not null,
    at timestamptz not null default now(),
    -- What the report asked of routing, for when the mark is lifted.
    requested jsonb not null,
    lifted_at timestamptz,
    primary key (silence_id, alert_id)
  );
  create index silenced_alerts_alert on silenced_alerts (alert_id);
`;

const indexes = `
  drop index alerts_open, alerts_created, alerts_detection, alerts_open_severity, alerts_open_updated;
  create index alerts_open on alerts (created_at desc, id desc)
    include (status, severity, type, source_id, detection_id, assignee_id, updated_at, silenced)
    where status in ('OPEN', 'TRIAGED');
  create index alerts_created on alerts (created_at desc, id desc)
    include (status, severity, type, source_id, silenced);
  create index alerts_detection on alerts (detection_id, created_at desc, id desc) include (status, silenced);
  create index alerts_open_severity on alerts (severity desc, id desc)
    include (created_at, status, silenced) where status in ('OPEN', 'TRIAGED');
  create index alerts_open_updated on alerts (updated_at desc, id desc)
    include (status, silenced) where status in ('OPEN', 'TRIAGED');
  analyze alerts;
`;
