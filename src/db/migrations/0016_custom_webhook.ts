import { type Kysely, sql } from "kysely";

/**
 * Custom Webhooks. Nodes of the previous version keep working until one is created: they know only the lines
 * of Slack channels.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db);
}

const tables = `
  alter table destinations
    drop constraint destinations_type_check,
    add constraint destinations_type_check check (type in ('slack-bot', 'custom-webhook')),
    alter column installation_id drop not null,
    alter column channel_id drop not null,
    alter column channel_name drop not null,
    add constraint destinations_place check (type <> 'slack-bot'
      or (installation_id is not null and channel_id is not null and channel_name is not null)),
    -- The line of its deliveries. Destinations with the same channel share a line; a webhook has its own.
    add column line text not null generated always as (
      case type when 'slack-bot' then installation_id::text || ':' || channel_id
        else 'webhook:' || id::text end) stored;

  alter table lines
    add column destination_type text not null default 'slack-bot'
      check (destination_type in ('slack-bot', 'custom-webhook')),
    alter column installation_id drop not null,
    alter column channel_id drop not null,
    add constraint lines_place check (destination_type <> 'slack-bot'
      or (installation_id is not null and channel_id is not null));

  create table webhooks (
    destination_id uuid primary key references destinations,
    url text not null,
    -- The values are encrypted because most of them are credentials.
    header_names text[] not null default '{}',
    headers bytea not null,
    secret bytea not null,
    -- Changes of alerts are sent from then on; null: only openings are sent.
    changes_since timestamptz
  );

  alter table deliveries
    -- The last history entry that was sent, if changes are sent.
    add column told_seq int not null default 0,
    add column changes_due_at timestamptz,
    add column change_attempts int not null default 0;
  create index deliveries_changes_due on deliveries (line, changes_due_at) where changes_due_at is not null;
`;
