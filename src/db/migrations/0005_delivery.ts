import { type Kysely, sql } from "kysely";

/** Destinations, lines, deliveries and cards. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db);
}

const tables = `
  create table destinations (
    id uuid primary key,
    type text not null check (type in ('slack-bot')),
    display_name text not null,
    installation_id uuid not null references installations,
    channel_id text not null,
    channel_name text not null,
    -- text[], because drivers don't parse arrays of our enums.
    severities text[] not null check (cardinality(severities) > 0 and severities <@ enum_range(null::severity)::text[]),
    alert_types text[] not null check (cardinality(alert_types) > 0 and alert_types <@ enum_range(null::alert_type)::text[]),
    log_types text[] not null default '{}',
    timezone text not null,
    sync_to_slack boolean not null default true,
    enabled boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz
  );
  create unique index destinations_name on destinations (lower(display_name)) where deleted_at is null;

  -- One line per Slack channel: its lock, its rate and its fault.
  create table lines (
    key text primary key,
    installation_id uuid not null,
    channel_id text not null,
    open_at timestamptz not null default now(),
    leased_until timestamptz,
    leased_by uuid,
    fault text,
    fault_since timestamptz,
    faults_in_a_row int not null default 0
  );

  -- A delivery is its own job. The waiting deliveries of a line go out by severity, then in order.
  create table deliveries (
    id uuid primary key,
    -- No foreign keys, as for alerts.source_id.
    alert_id uuid not null,
    destination_id uuid not null,
    line text not null,
    severity severity not null,
    number bigint not null,
    state delivery_state not null default 'waiting',
    run_at timestamptz not null default now(),
    attempts int not null default 0,
    last_attempt_at timestamptz,
    error text,
    -- Slack's answer was lost: the card may be in Slack.
    maybe_posted boolean not null default false,
    -- The draw step: 0 full, 1 without links, 2 text only.
    shape smallint not null default 0,
    card_id uuid,
    created_at timestamptz not null default now()
  );
  create index deliveries_alert on deliveries (alert_id);
  create index deliveries_waiting on deliveries (line, severity desc, number) where state in ('waiting', 'sending');
  create index deliveries_failed on deliveries (destination_id) where state in ('held', 'failed');
  create index deliveries_sent on deliveries (destination_id, last_attempt_at) where state = 'sent';

  create table delivery_attempts (
    id uuid primary key,
    delivery_id uuid not null references deliveries,
    at timestamptz not null default now(),
    outcome text not null,
    error text,
    channel_id text not null,
    permalink text
  );
  create index delivery_attempts_delivery on delivery_attempts (delivery_id);

  -- What a card shows and what its thread has replied are cursors on the alert's revision and history.
  create table cards (
    id uuid primary key,
    alert_id uuid not null references alerts,
    destination_id uuid not null references destinations,
    line text not null,
    channel_id text not null,
    ts text not null,
    permalink text,
    told_seq int not null,
    shape smallint not null default 0,
    redraws int not null default 0,
    -- Due while set; the counters show a worker whether there were more changes meanwhile.
    update_due_at timestamptz,
    update_wanted int not null default 0,
    reply_due_at timestamptz,
    reply_wanted int not null default 0,
    touched_at timestamptz,
    leased_until timestamptz,
    attempts int not null default 0,
    gone boolean not null default false,
    unique (alert_id, line)
  );
  create unique index cards_message on cards (channel_id, ts);
  create index cards_update_due on cards (update_due_at) where update_due_at is not null;
  create index cards_reply_due on cards (line, reply_due_at) where reply_due_at is not null;

  create table settings (
    name text primary key,
    value jsonb not null
  );
`;
