import { type Kysely, sql } from "kysely";

/** Boomerangs and their recipients. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db);
}

const tables = `
  create table boomerangs (
    id uuid primary key,
    alert_id uuid not null references alerts,
    installation_id uuid not null references installations,
    -- The card whose thread gets the replies; null without a card.
    card_id uuid,
    question text not null,
    answers text not null check (answers in ('yes_no', 'yes_no_reason', 'text')),
    asked_by jsonb not null,
    -- The person who asked, who can't answer for a channel.
    asked_by_slack_id text,
    timezone text not null,
    state text not null default 'open' check (state in ('open', 'answered', 'expired', 'cancelled')),
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    -- When a reminder or the expiry is due; null when neither is left.
    due_at timestamptz,
    reminded boolean not null default false
  );
  create index boomerangs_alert on boomerangs (alert_id);
  create index boomerangs_due on boomerangs (due_at) where due_at is not null;

  -- A question to one person or channel. The row is its own job: to be sent, and to be edited when it is over.
  create table boomerang_asks (
    id uuid primary key,
    boomerang_id uuid not null references boomerangs,
    kind text not null check (kind in ('person', 'channel')),
    slack_id text not null,
    name text not null,
    email text,
    state text not null check (state in ('waiting', 'sent', 'unreachable', 'answered', 'over')),
    why text,
    channel_id text,
    ts text,
    answer jsonb,
    answered_by jsonb,
    answered_at timestamptz,
    send_at timestamptz,
    update_at timestamptz,
    remind_at timestamptz,
    attempts int not null default 0,
    maybe_posted boolean not null default false,
    leased_until timestamptz
  );
  create index boomerang_asks_boomerang on boomerang_asks (boomerang_id);
  create index boomerang_asks_due on boomerang_asks (least(send_at, update_at, remind_at))
    where least(send_at, update_at, remind_at) is not null;

  -- Direct messages to Tocsin users, for alerts without a card.
  create table direct_notes (
    id uuid primary key,
    installation_id uuid not null,
    user_id uuid not null,
    alert_id uuid not null,
    words text not null,
    send_at timestamptz not null default now(),
    leased_until timestamptz,
    attempts int not null default 0
  );
  create index direct_notes_due on direct_notes (send_at);
`;
