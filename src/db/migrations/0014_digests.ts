import { type Kysely, sql } from "kysely";

/** Digests: one message for the alerts that wait for a channel in a storm. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db);
}

const tables = `
  create table digests (
    id uuid primary key,
    line text not null,
    created_at timestamptz not null default now(),
    -- The end of its storm: no alert joins after that, but its counts may still change.
    closed_at timestamptz,
    -- The message, and its state until Slack has confirmed it, as in deliveries.
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
    -- When to check it again, and whether it is known to be out of date.
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

  -- An alert of the digest has changed. A separate table, because updates of the digest's row would make all
  -- transactions that change its alerts wait for each other.
  create table digest_changes (digest_id uuid not null);
  create index digest_changes_digest on digest_changes (digest_id);

  -- The digest of the line's current storm, and when its message is due.
  alter table lines add column digest_id uuid, add column digest_due_at timestamptz;

  -- \`asked\`: somebody asked for its card, which is posted before others.
  alter table deliveries add column digest_id uuid, add column asked boolean not null default false;
  create index deliveries_digest on deliveries (digest_id, created_at) where digest_id is not null;
  create index deliveries_asked on deliveries (line, number) where asked and state in ('waiting', 'sending');
`;
