import { type Kysely, sql } from "kysely";

/**
 * The settings of every destination type except the Slack Bot in `destinations`, so that a new type needs no table.
 * `webhooks` stays for nodes of the previous version: triggers keep both in step, and fill in the line that those nodes
 * do not write. A later release drops the table, the triggers and their functions.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(columns).execute(db);
  await sql.raw(lines).execute(db);
  await sql.raw(webhooks).execute(db);
}

const columns = `
  alter table destinations
    drop constraint destinations_type_check,
    alter column line drop expression,
    -- What people may see of the settings, in the names of the API.
    add column settings jsonb not null default '{}',
    -- Encrypted values by name, in base64.
    add column sealed jsonb not null default '{}',
    -- Where its messages go, in a few words: a host, an address. Null for Slack Bots, which have a channel.
    add column place text,
    -- Changes of alerts are sent from then on; null: only openings are sent.
    add column changes_since timestamptz;
  alter table lines drop constraint lines_destination_type_check;

  update destinations d set
    settings = jsonb_build_object('url', w.url, 'headerNames', to_jsonb(w.header_names),
      'changes', w.changes_since is not null),
    sealed = jsonb_build_object('headers', translate(encode(w.headers, 'base64'), E'\\n', ''),
      'secret', translate(encode(w.secret, 'base64'), E'\\n', '')),
    place = substring(w.url from '^[a-z]+://([^/?#]+)'),
    changes_since = w.changes_since
  from webhooks w where w.destination_id = d.id;
`;

const lines = `
  create function fill_destination_line() returns trigger language plpgsql as $$
  begin
    if new.type = 'slack-bot' then
      new.line := new.installation_id::text || ':' || new.channel_id;
    elsif new.line is null then
      new.line := 'webhook:' || new.id::text;
    end if;
    return new;
  end $$;
  create trigger destinations_line before insert or update on destinations
    for each row execute function fill_destination_line();
`;

const webhooks = `
  create function webhook_to_destination() returns trigger language plpgsql as $$
  begin
    update destinations set
      settings = jsonb_build_object('url', new.url, 'headerNames', to_jsonb(new.header_names),
        'changes', new.changes_since is not null),
      sealed = jsonb_build_object('headers', translate(encode(new.headers, 'base64'), E'\\n', ''),
        'secret', translate(encode(new.secret, 'base64'), E'\\n', '')),
      place = substring(new.url from '^[a-z]+://([^/?#]+)'),
      changes_since = new.changes_since
    where id = new.destination_id;
    return null;
  end $$;
  create trigger webhooks_to_destinations after insert or update on webhooks
    for each row when (pg_trigger_depth() = 0) execute function webhook_to_destination();

  create function destination_to_webhook() returns trigger language plpgsql as $$
  begin
    insert into webhooks (destination_id, url, header_names, headers, secret, changes_since)
    values (new.id, new.settings ->> 'url',
      array(select jsonb_array_elements_text(new.settings -> 'headerNames')),
      decode(new.sealed ->> 'headers', 'base64'), decode(new.sealed ->> 'secret', 'base64'), new.changes_since)
    on conflict (destination_id) do update set url = excluded.url, header_names = excluded.header_names,
      headers = excluded.headers, secret = excluded.secret, changes_since = excluded.changes_since;
    return null;
  end $$;
  create trigger destinations_to_webhooks after insert or update of settings, sealed, changes_since on destinations
    for each row when (pg_trigger_depth() = 0 and new.type = 'custom-webhook' and new.settings ? 'url')
    execute function destination_to_webhook();
`;
