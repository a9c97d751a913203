import { type Kysely, sql } from "kysely";

/** One table for messages that are posted, found after a lost answer, edited and retried. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(table).execute(db);
  await sql.raw(repliesAndNotices).execute(db);
  await sql.raw(questions).execute(db);
}

const table = `
  create table messages (
    -- Also the id in the message's metadata.
    id uuid primary key,
    kind text not null,
    line text not null,
    installation_id uuid not null,
    -- What it draws, and the message whose thread it is in.
    subject_id uuid not null,
    parent_id uuid,
    -- What a notice says; other kinds draw their subject.
    content jsonb,
    state text not null default 'due' check (state in ('due', 'posting', 'stands')),
    rank smallint not null,
    due_at timestamptz default now(),
    created_at timestamptz not null default now(),
    attempts int not null default 0,
    attempted_at timestamptz,
    -- Start of the first attempt whose answer was lost, and the message in which it was seen since.
    unsure_since timestamptz,
    seen_ts text,
    step smallint not null default 0,
    -- Counts the changes that it has to show; \`shown\` is what the last drawing had, in its kind's own count.
    wanted int not null default 0,
    shown int not null default 0,
    -- Once it stands in Slack: where, and when it is to be edited.
    channel_id text,
    ts text,
    edit_at timestamptz,
    touched_at timestamptz,
    -- The claim that posts or edits it.
    lease uuid,
    leased_until timestamptz
  );
  -- The line of a person is deleted once nothing waits in it.
  alter table lines add of_person boolean not null default false;
  create index messages_due on messages (line, rank, due_at) where due_at is not null;
  create index messages_edit on messages (installation_id, edit_at) where edit_at is not null;
  create unique index messages_reply on messages (parent_id) where kind = 'reply';
  create unique index messages_bulk_notice on messages (subject_id, line) where kind = 'bulk-notice';
`;

/**
 * A node of the previous version still marks cards and inserts notices in its own way. The triggers turn that into
 * messages; what it has in flight itself counts as a lost answer.
 */
const repliesAndNotices = `
  insert into messages (id, kind, line, installation_id, subject_id, parent_id, rank, due_at, created_at, unsure_since,
    seen_ts, shown)
  select coalesce(c.reply_id, gen_random_uuid()), 'reply', c.line, l.installation_id, c.alert_id, c.id, 5, c.reply_due_at,
    c.reply_due_at, c.reply_since, c.reply_seen_ts, coalesce(c.reply_to_seq, 0)
  from cards c join lines l on l.key = c.line where c.reply_due_at is not null and not c.gone;

  create function queue_reply_of_card() returns trigger language plpgsql as $$
  begin
    insert into messages (id, kind, line, installation_id, subject_id, parent_id, rank)
    select gen_random_uuid(), 'reply', new.line, l.installation_id, new.alert_id, new.id, 5
    from lines l where l.key = new.line
    on conflict (parent_id) where kind = 'reply' do update set wanted = messages.wanted + 1;
    return null;
  end $$;
  create trigger queue_reply after insert or update of reply_wanted on cards
    for each row when (new.reply_due_at is not null) execute function queue_reply_of_card();

  insert into messages (id, kind, line, installation_id, subject_id, content, rank, due_at, created_at)
  select gen_random_uuid(), 'bulk-notice', n.line, l.installation_id, n.bulk_id,
    jsonb_build_object('actor', n.actor, 'command', n.command, 'alerts', n.alerts), 4, n.due_at, n.created_at
  from line_notices n join lines l on l.key = n.line;
  delete from line_notices;

  create function queue_bulk_notice() returns trigger language plpgsql as $$
  begin
    insert into messages (id, kind, line, installation_id, subject_id, content, rank, due_at)
    select gen_random_uuid(), 'bulk-notice', new.line, l.installation_id, new.bulk_id,
      jsonb_build_object('actor', new.actor, 'command', new.command, 'alerts', new.alerts), 4, new.due_at
    from lines l where l.key = new.line
    on conflict (subject_id, line) where kind = 'bulk-notice' do update set due_at = excluded.due_at,
      content = jsonb_set(messages.content, '{alerts}', to_jsonb((messages.content ->> 'alerts')::int + 1));
    return null;
  end $$;
  create trigger queue_bulk_notice before insert on line_notices
    for each row execute function queue_bulk_notice();

  create function queue_direct_notice() returns trigger language plpgsql as $$
  begin
    insert into lines (key, installation_id, channel_id, of_person)
    values (new.installation_id || ':' || new.user_id, new.installation_id, new.user_id, true)
    on conflict (key) do update set key = excluded.key;
    insert into messages (id, kind, line, installation_id, subject_id, content, rank)
    values (new.id, 'direct-notice', new.installation_id || ':' || new.user_id, new.installation_id, new.alert_id,
      jsonb_build_object('userId', new.user_id, 'words', new.words), 4);
    return null;
  end $$;
  create trigger queue_direct_notice before insert on direct_notes
    for each row execute function queue_direct_notice();
  with moved as (delete from direct_notes returning *)
  insert into direct_notes select * from moved;
`;

const questions = `
  create function queue_question() returns trigger language plpgsql as $$
  declare installation uuid := (select installation_id from boomerangs where id = new.boomerang_id);
  declare line_key text := installation || ':' || new.slack_id;
  begin
    if new.send_at is not null or new.remind_at is not null then
      insert into lines (key, installation_id, channel_id, of_person)
      values (line_key, installation, new.slack_id, new.kind = 'person')
      on conflict on constraint lines_pkey do update set key = excluded.key;
    end if;
    if new.ts is not null then
      insert into messages (id, kind, line, installation_id, subject_id, state, rank, due_at, channel_id, ts)
      values (new.id, 'question', line_key, installation, new.id, 'stands', 3, null, new.channel_id, new.ts)
      on conflict (id) do update set seen_ts = excluded.ts where messages.ts is null;
    elsif new.send_at is not null then
      insert into messages (id, kind, line, installation_id, subject_id, rank, due_at, unsure_since)
      values (new.id, 'question', line_key, installation, new.id, 3, new.send_at,
        case when new.maybe_posted or new.leased_until is not null then now() - interval '1 hour' end)
      on conflict (id) do nothing;
    end if;
    if new.update_at is not null then
      update messages set wanted = wanted + 1, edit_at = now() where id = new.id;
    end if;
    if new.remind_at is not null then
      insert into messages (id, kind, line, installation_id, subject_id, parent_id, rank)
      values (gen_random_uuid(), 'reminder', line_key, installation, new.id, new.id, 4);
    end if;
    new.send_at := null;
    new.update_at := null;
    new.remind_at := null;
    return new;
  end $$;
  create trigger queue_question before insert or update on boomerang_asks for each row
    when (new.ts is not null or new.send_at is not null or new.update_at is not null or new.remind_at is not null)
    execute function queue_question();
  update boomerang_asks set attempts = attempts where ts is not null or send_at is not null;
`;
