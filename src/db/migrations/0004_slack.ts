import { type Kysely, sql } from "kysely";

/** The Slack app, its installations, Slack users, and requests from Slack. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db);
}

const tables = `
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
    -- Such as https://acme.slack.com/; permalinks begin with it.
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
    -- The workspace's budget for chat.update: each edit moves it on by one interval; it may be ahead by a burst.
    updates_spent_until timestamptz not null default now(),
    updates_open_at timestamptz not null default now(),
    checked_at timestamptz not null default now(),
    created_at timestamptz not null default now()
  );
  create unique index installations_where on installations (coalesce(enterprise_id, ''), coalesce(team_id, ''));

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

  -- Requests from Slack, each once: acknowledged after the insert, then processed.
  create table slack_inbox (
    id text primary key,
    payload jsonb not null,
    received_at timestamptz not null default now(),
    leased_until timestamptz,
    done_at timestamptz
  );
  create index slack_inbox_open on slack_inbox (received_at) where done_at is null;
`;
