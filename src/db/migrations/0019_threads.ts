import { type Kysely, sql } from "kysely";

/** What people wrote in the threads of cards, and cards that have yet to catch up with Tocsin. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  -- Which entry of an alert's history a message in Slack became: what Slack says twice, or in another order,
  -- changes nothing.
  create table thread_messages (
    channel_id text not null,
    ts text not null,
    alert_id uuid not null references alerts on delete cascade,
    -- None where it was deleted before Tocsin heard what it said.
    seq int,
    -- Slack's time of the newest edit.
    edited_ts text,
    deleted boolean not null default false,
    primary key (channel_id, ts, alert_id)
  );
  create index thread_messages_alert on thread_messages (alert_id);

  -- A destination that isn't told of changes in Tocsin: its card has one to catch up with, or has shown that it did.
  alter table cards add column catching_up text not null default 'no'
    check (catching_up in ('no', 'due', 'shown'));
`;
