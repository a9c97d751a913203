import { type Kysely, sql } from "kysely";

/** One message for the many alerts that wait for a channel in a storm. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db);
}

const tables = `
  create table digests (
    id uuid primary key,
    line text not null,
    created_at timestamptz not null default now(),
    -- When its storm was over: nothing joins it any more, what it counts may still change.
    closed_at timestamptz,
    -- The message, and what is known of it while Slack has not confirmed it: as with deliveries.
    ts text,
    permalink text,
    attempts int not null default 0,
    last_attempt_at timestamptz,
    sending boolean not null default false,
    maybe_posted boolean not null default false,
    unsure_since timestamptz,
    seen_ts text,
    shape smallint not null default 0,
    redraws int not null default 0,
    -- Its drawing: when to look at it again, and whether it is known to show less than is true.
    due_at timestamptz,
    dirty boolean not null default false,
    drawn_at timestamptz,
    touched_at timestamptz,
    names_loud boolean not null default false,
    leased_until timestamptz,
    faults int not null default 0,
    gone boolean not null default false
  );
  create unique index digests_open on digests (line) where closed_at is null;
  create index digests_due on digests (due_at) where due_at is not null;

  -- An alert of the digest has changed. Rows of their own, since one row of the digest would make all
  -- transactions that change its alerts wait for each other.
  create table digest_changes (digest_id uuid not null);
  create index digest_changes_digest on digest_changes (digest_id);

  -- The digest of the storm that a line is in, and when its message has to be posted.
  alter table lines add column digest_id uuid, add column digest_due_at timestamptz;

  -- \`asked\`: it gets a card of its own whatever waits, and before others.
  alter table deliveries add column digest_id uuid, add column asked boolean not null default false;
  create index deliveries_digest on deliveries (digest_id, created_at) where digest_id is not null;
  create index deliveries_asked on deliveries (line, number) where asked and state in ('waiting', 'sending');
`;
