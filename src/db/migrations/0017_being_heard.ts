import { type Kysely, sql } from "kysely";

/** Whom a destination calls, what it reminds of, the lines that bulk changes add, and an index for its page. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
}

const changes = `
  alter table destinations
    -- By severity: whom new cards call, and after how many minutes the thread reminds.
    add column mentions jsonb not null default '{}',
    add column reminders jsonb not null default '{}';

  alter table cards
    -- While its alert is open and nobody's: since when, and when the thread reminds next.
    add column remind_from timestamptz,
    add column remind_at timestamptz;
  create index cards_remind_due on cards (remind_at) where remind_at is not null;

  -- The bulk change that an entry is part of: threads don't tell it, its channels get one line.
  alter table history add column bulk_id uuid;

  create table line_notices (
    bulk_id uuid not null,
    line text not null,
    actor jsonb not null,
    command jsonb not null,
    alerts int not null default 0,
    created_at timestamptz not null default now(),
    -- Put off while the change goes on. If its process dies, what it did until then is told after all.
    due_at timestamptz not null,
    primary key (bulk_id, line)
  );
  create index line_notices_due on line_notices (line, due_at);

  -- What failed, is held, or is over without a card of its own, as a destination's page lists it.
  create index deliveries_aside on deliveries (destination_id, severity desc, number)
    where state in ('held', 'failed', 'not_delivered', 'digested');
`;
