import { type Kysely, sql } from "kysely";

/**
 * The message of a digest becomes a row of `messages`; `digests` keeps what is its own. A node of the previous version
 * still begins storms and posts their digests in its own way. The triggers turn that into messages, and hide the `ts`
 * of a digest from it, so that it leaves looks and edits to the new nodes.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(move).execute(db);
  await sql.raw(triggers).execute(db);
}

const move = `
  insert into messages (id, kind, line, installation_id, subject_id, state, rank, due_at, created_at, unsure_since,
    seen_ts, step, channel_id, ts, edit_at)
  select g.id, 'digest', g.line, l.installation_id, g.id, case when g.ts is null then 'due' else 'stands' end, 0,
    case when g.ts is null then coalesce(l.digest_due_at, now()) end, g.created_at,
    case when g.sending or g.maybe_posted then coalesce(g.unsure_since, g.last_attempt_at) end, g.seen_ts, g.shape,
    case when g.ts is not null then l.channel_id end, g.ts, case when g.ts is not null and g.dirty then now() end
  from digests g join lines l on l.key = g.line where not g.gone;
  update digests set ts = null where ts is not null;
  update lines set digest_due_at = null where destination_type = 'slack-bot' and digest_due_at is not null;
`;

const triggers = `
  create function digest_is_due() returns trigger language plpgsql as $$
  begin
    -- The node of the previous version may be posting it.
    insert into messages (id, kind, line, installation_id, subject_id, rank, due_at, unsure_since)
    values (new.digest_id, 'digest', new.key, new.installation_id, new.digest_id, 0, new.digest_due_at, now())
    on conflict (id) do update set due_at = excluded.due_at where messages.state = 'due';
    new.digest_due_at := null;
    return new;
  end $$;
  create trigger digest_is_due before update of digest_due_at on lines for each row
    when (new.destination_type = 'slack-bot' and new.digest_due_at is not null) execute function digest_is_due();

  create function digest_is_posted() returns trigger language plpgsql as $$
  begin
    update messages m set state = 'stands', channel_id = l.channel_id, ts = new.ts, due_at = null, unsure_since = null
    from lines l where m.id = new.id and l.key = new.line and m.ts is null;
    new.ts := null;
    return new;
  end $$;
  create trigger digest_is_posted before update of ts on digests for each row
    when (new.ts is not null) execute function digest_is_posted();

  create function digest_is_used() returns trigger language plpgsql as $$
  begin
    update messages set wanted = wanted + 1, edit_at = least(edit_at, now()), touched_at = now()
    where id = new.id and ts is not null;
    return null;
  end $$;
  create trigger digest_is_used after update of touched_at on digests for each row
    when (new.touched_at is distinct from old.touched_at) execute function digest_is_used();
`;
