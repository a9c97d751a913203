import { type Kysely, sql } from "kysely";

/** Mentions, reminders, notices about bulk changes, and an index for the destination's page. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  alter table destinations
    -- By severity: whom new cards mention, and after how many minutes the thread reminds.
    add column mentions jsonb not null default '{}',
    add column reminders jsonb not null default '{}';

  alter table cards
    -- While its alert is open and unassigned: since when, and when the next reminder is due.
    add column remind_from timestamptz,
    add column remind_at timestamptz;
  create index cards_remind_due on cards (remind_at) where remind_at is not null;

  -- The bulk change of an entry. Threads get no reply about it; each channel gets one notice.
  alter table history add column bulk_id uuid;

  create table line_notices (
    bulk_id uuid not null,
    line text not null,
    actor jsonb not null,
    command jsonb not null,
    alerts int not null default 0,
    created_at timestamptz not null default now(),
    -- Postponed while the change is running. If its process dies, the notice covers what was done until then.
    due_at timestamptz not null,
    primary key (bulk_id, line)
  );
  create index line_notices_due on line_notices (line, due_at);

  -- For the destination's page: deliveries that failed, are held, or ended without a card.
  create index deliveries_aside on deliveries (destination_id, severity desc, number)
    where state in ('held', 'failed', 'not_delivered', 'digested');
`;
