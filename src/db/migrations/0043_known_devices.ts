import { type Kysely, sql } from "kysely";

/** Devices that signed in before, refused sign-ins to sum up, ids of sessions, and proxies that are not trusted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  create table devices (
    user_id uuid not null references users on delete cascade,
    secret_hash bytea not null,
    last_used_at timestamptz not null,
    primary key (user_id, secret_hash)
  );
  create index devices_secret on devices (secret_hash);

  alter table sessions
    add column id uuid not null default gen_random_uuid() unique,
    add column device_hash bytea;

  -- Old failures are deleted by it.
  create index sign_in_failures_last on sign_in_failures (last_at);

  -- Refused sign-ins of a network since a time. Beyond the first ones the audit log gets their number.
  create table refused_sign_ins (
    network text primary key,
    since timestamptz not null,
    last_at timestamptz not null,
    refused int not null
  );

  -- Peers that sent X-Forwarded-For without being in TRUSTED_PROXIES.
  create table untrusted_proxies (
    address text primary key,
    first_seen_at timestamptz not null default now(),
    last_seen_at timestamptz not null
  );
`;
