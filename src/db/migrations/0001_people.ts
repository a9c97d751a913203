import { type Kysely, sql } from "kysely";

/** Users, roles, sessions, tokens and the audit log, and the types that all tables use. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db);
}

const tables = `
  create type severity as enum ('INFO', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL');
  create type alert_status as enum ('OPEN', 'TRIAGED', 'RESOLVED', 'CLOSED');
  create type alert_type as enum ('RULE', 'SCHEDULED_RULE', 'CORRELATION_RULE', 'POLICY', 'RULE_ERROR',
    'SCHEDULED_RULE_ERROR', 'CORRELATION_RULE_ERROR', 'POLICY_ERROR', 'SYSTEM_ERROR');
  create type actor_type as enum ('user', 'token', 'source', 'system');
  create type via as enum ('slack', 'console', 'api', 'source', 'system');
  create type delivery_state as enum
    ('waiting', 'held', 'sending', 'sent', 'digested', 'failed', 'not_delivered');

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

  -- A single-use link to set a password. Without a user it creates the first admin.
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
    -- A token never outlives or exceeds its creator: a user, or another token.
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
