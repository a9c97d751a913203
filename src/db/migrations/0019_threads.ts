import { type Kysely, sql } from "kysely";

/** Messages in the threads of cards, and cards that are behind changes made in Tocsin. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  -- The history entry of each message in Slack, so that events that come twice or out of order change nothing.
  create table thread_messages (
    channel_id text not null,
    ts text not null,
    alert_id uuid not null references alerts on delete cascade,
    -- Null if the message was deleted before Tocsin got its text.
    seq int,
    -- Slack's timestamp of the newest edit.
    edited_ts text,
    deleted boolean not null default false,
    primary key (channel_id, ts, alert_id)
  );
  create index thread_messages_alert on thread_messages (alert_id);

  -- For destinations without sync: whether the card has a change to catch up with, or has shown that it did.
  alter table cards add column catching_up text not null default 'no'
    check (catching_up in ('no', 'due', 'shown'));
`;
