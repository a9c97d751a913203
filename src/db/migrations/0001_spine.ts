import { type Kysely, sql } from "kysely";

/** The spine: people, sources, alerts, history, and what delivers them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [words, people, sources, alerts, destinations, delivery, slack, settings]) {
    await sql.raw(statement).execute(db);
  }
}

const words = `
  create type severity as enum ('INFO', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL');
  create type alert_status as enum ('OPEN', 'TRIAGED', 'RESOLVED', 'CLOSED');
  create type alert_type as enum ('RULE', 'SCHEDULED_RULE', 'CORRELATION_RULE', 'POLICY', 'RULE_ERROR',
    'SCHEDULED_RULE_ERROR', 'CORRELATION_RULE_ERROR', 'POLICY_ERROR', 'SYSTEM_ERROR');
  create type actor_type as enum ('user', 'token', 'source', 'system');
  create type via as enum ('slack', 'console', 'api', 'source', 'system');
  create type delivery_state as enum
    ('waiting', 'held', 'sending', 'sent', 'digested', 'failed', 'not_delivered');
`;

const people = `
  create table roles (
    id uuid primary key,
    name text not null,
    permissions text[] not null,
    built_in boolean not null default false
  );
  create unique index roles_name on roles (lower(name));

  create table users (
    id uuid primary key,
    email text not null,
    name text not null,
    role_id uuid not null references roles,
    enabled boolean not null default true,
    password_hash text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );
  create unique index users_email on users (lower(email));

  create table sessions (
    token_hash bytea primary key,
    user_id uuid not null references users on delete cascade,
    created_at timestamptz not null default now(),
    last_seen_at timestamptz not null default now(),
    expires_at timestamptz not null,
    ip text,
    user_agent text
  );
  create index sessions_user on sessions (user_id);

  -- A link that lets its holder set a password once. Without a user it makes the first admin.
  create table password_links (
    token_hash bytea primary key,
    user_id uuid references users on delete cascade,
    expires_at timestamptz not null,
    used_at timestamptz
  );

  create table api_tokens (
    id uuid primary key,
    name text not null,
    token_hash bytea not null unique,
    permissions text[] not null,
    cidrs text[] not null default '{}',
    -- A token never outlives, or exceeds, whoever made it: a user, or another token.
    created_by uuid references users,
    made_by_token uuid references api_tokens,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz
  );

  create table audit_log (
    id uuid primary key,
    at timestamptz not null default now(),
    actor_type actor_type not null,
    actor_id text,
    actor_name text not null,
    action text not null,
    target_type text,
    target_id text,
    outcome text not null check (outcome in ('ok', 'refused')),
    via via not null,
    ip text,
    data jsonb not null default '{}'
  );

  create table sign_in_failures (
    key text primary key,
    failures int not null,
    last_at timestamptz not null
  );
`;

const sources = `
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

  -- What was answered to a request with an Idempotency-Key; kept for a day.
  create table ingest_requests (
    source_id uuid not null references sources,
    key text not null,
    body_hash bytea not null,
    results jsonb,
    created_at timestamptz not null default now(),
    primary key (source_id, key)
  );
`;

const alerts = `
  create sequence alert_numbers;

  create table alerts (
    id uuid primary key,
    number bigint not null,
    version int not null default 1,
    status_version int not null default 1,
    assignee_version int not null default 1,
    -- Grows with every visible change; a card that shows an older one is stale.
    revision int not null default 1,
    -- The seq of the newest history entry.
    history_seq int not null default 0,
    title text not null,
    severity severity not null,
    status alert_status not null,
    type alert_type not null,
    source_id uuid not null references sources,
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
  -- The promise of deduplication: one newest alert per key (spec section 3).
  create unique index alerts_newest_of_key on alerts (dedup_key) where newest_of_key;
  create index alerts_open on alerts (created_at desc, id desc) where status in ('OPEN', 'TRIAGED');
  create index alerts_created on alerts (created_at desc, id desc);
  create index alerts_assignee on alerts (assignee_id, created_at desc) where assignee_id is not null;

  create table alert_samples (
    alert_id uuid not null references alerts,
    n smallint not null,
    event jsonb not null,
    primary key (alert_id, n)
  );

  create table history (
    alert_id uuid not null references alerts,
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

const destinations = `
  create table destinations (
    id uuid primary key,
    type text not null check (type in ('slack-bot')),
    display_name text not null,
    installation_id uuid not null,
    channel_id text not null,
    channel_name text not null,
    -- text[], since drivers don't know arrays of our enums.
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
`;

const delivery = `
  -- One line per Slack channel: its lock, its rate and its fault in one row.
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

  -- A delivery is its own job: waiting ones of a line go out by severity, then in order.
  create table deliveries (
    id uuid primary key,
    alert_id uuid not null references alerts,
    destination_id uuid not null references destinations,
    line text not null,
    severity severity not null,
    number bigint not null,
    state delivery_state not null default 'waiting',
    run_at timestamptz not null default now(),
    attempts int not null default 0,
    last_attempt_at timestamptz,
    error text,
    -- An answer was lost: the card may stand in Slack although nobody told us.
    maybe_posted boolean not null default false,
    -- How much of the card Slack takes: 0 all, 1 without link buttons, 2 plain text.
    shape smallint not null default 0,
    card_id uuid,
    created_at timestamptz not null default now()
  );
  create index deliveries_alert on deliveries (alert_id);
  create index deliveries_waiting on deliveries (line, severity desc, number) where state in ('waiting', 'sending');
  create index deliveries_failed on deliveries (destination_id) where state in ('held', 'failed');

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

  -- A card reads the alert: what it shows and how far its thread has told are cursors on that alert.
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
    -- Due while set; the counters tell a worker whether more was wanted while it worked.
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
`;

const slack = `
  -- One Slack app; its secrets are encrypted under SECRET_KEY.
  create table slack_app (
    singleton boolean primary key default true check (singleton),
    mode text not null check (mode in ('http', 'socket')),
    client_id text,
    client_secret bytea,
    signing_secret bytea,
    app_token bytea,
    thread_mirror boolean not null default false,
    updated_at timestamptz not null default now()
  );

  create table installations (
    id uuid primary key,
    team_id text,
    team_name text,
    -- As https://acme.slack.com/: permalinks begin with it.
    url text not null,
    enterprise_id text,
    enterprise_name text,
    app_id text,
    bot_id text,
    bot_user_id text not null,
    bot_token bytea not null,
    scopes text[] not null,
    trusted boolean not null default false,
    fault text,
    -- The workspace's budget for chat.update: an update moves it one interval on, it may run ahead by a burst.
    updates_spent_until timestamptz not null default now(),
    updates_open_at timestamptz not null default now(),
    checked_at timestamptz not null default now(),
    created_at timestamptz not null default now()
  );
  create unique index installations_where on installations (coalesce(enterprise_id, ''), coalesce(team_id, ''));
  alter table destinations add foreign key (installation_id) references installations;

  create table slack_users (
    installation_id uuid not null references installations,
    slack_user_id text not null,
    team_id text,
    enterprise_id text,
    email text,
    name text not null,
    deleted boolean not null,
    is_bot boolean not null,
    is_guest boolean not null,
    email_confirmed boolean not null,
    read_at timestamptz not null,
    primary key (installation_id, slack_user_id)
  );
  create index slack_users_email on slack_users (installation_id, lower(email));

  -- What Slack sent, once each: acknowledged when it stands here, then worked on.
  create table slack_inbox (
    id text primary key,
    payload jsonb not null,
    received_at timestamptz not null default now(),
    leased_until timestamptz,
    done_at timestamptz
  );
  create index slack_inbox_open on slack_inbox (received_at) where done_at is null;
`;

const settings = `
  create table settings (
    name text primary key,
    value jsonb not null
  );
`;
