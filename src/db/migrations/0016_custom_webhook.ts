import { type Kysely, sql } from "kysely";

/**
 * Custom Webhooks, the second type of destination. Nodes of the version before go on working as long as
 * nobody makes one: they know no line but those of Slack's channels.
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
    -- Where its deliveries wait. Destinations with one channel share its line; a webhook has its own.
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
    -- Names in sight, values sealed: they mostly are credentials.
    header_names text[] not null default '{}',
    headers bytea not null,
    secret bytea not null,
    -- It is told of what happens to an alert from then on; null: of openings only.
    changes_since timestamptz
  );

  alter table deliveries
    -- The history entry up to which the destination has been told, where it is told of changes.
    add column told_seq int not null default 0,
    add column changes_due_at timestamptz,
    add column change_attempts int not null default 0;
  create index deliveries_changes_due on deliveries (line, changes_due_at) where changes_due_at is not null;
`;
