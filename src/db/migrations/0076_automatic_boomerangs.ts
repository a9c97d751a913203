import { type Kysely, sql } from "kysely";

/**
 * Detections that ask by themselves (docs/behaviour.md#automatic-boomerang). Alerts that a node of the previous version
 * opens are not asked about. What follows an answer that it takes is done by the next node that can. It takes answers
 * that need a second factor without one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  -- What it asks, and what follows; null for a detection that doesn't ask.
  alter table detections add column automatic_boomerang jsonb;

  -- Questions that are due: written with the opening of the alert, and deleted when it is decided whether to ask.
  create table automatic_questions (
    alert_id uuid primary key references alerts,
    source_id uuid not null,
    detection_id text not null,
    created_at timestamptz not null default now(),
    due_at timestamptz not null default now(),
    -- It waits until the person's quiet hours end.
    waits boolean not null default false
  );
  create index automatic_questions_due on automatic_questions (due_at);

  alter table boomerangs
    -- What follows the answer, as the detection said when it asked; null for one that a person asked.
    add column automatic jsonb,
    add column followed_at timestamptz,
    -- When a node may do what follows; moved by each one that tries.
    add column follow_at timestamptz not null default '-infinity',
    -- An answer counts only after the person has confirmed it.
    add column second_factor boolean not null default false;
  create index boomerangs_to_follow on boomerangs (follow_at, id)
    where automatic is not null and followed_at is null and state <> 'open';
  create index boomerangs_automatic on boomerangs (created_at) where automatic is not null;

  -- Answers that wait for their confirmation.
  create table unconfirmed_answers (
    id uuid primary key,
    ask_id uuid not null references boomerang_asks on delete cascade,
    -- Of the person in Slack.
    email text not null,
    given jsonb not null,
    expires_at timestamptz not null
  );
  create index unconfirmed_answers_by_ask on unconfirmed_answers (ask_id);
  create index unconfirmed_answers_expiry on unconfirmed_answers (expires_at);
`;
