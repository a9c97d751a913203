import { type Kysely, sql } from "kysely";

/**
 * The audit log can only grow, its entries are chained by hash (docs/audit-log.md), and its filters have indexes. Entries
 * of nodes of the previous version are chained too: a trigger queues each of them. Such a node can't delete old entries
 * any more; the next run of retention by a new node does.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(chain).execute(db);
  await sql.raw(guards).execute(db);
  await sql.raw(indexes).execute(db);
}

const chain = `
  create table audit_chain (
    seq bigint primary key,
    entry_id uuid not null unique,
    hash bytea not null
  );

  -- The last link, apart from the chain, so that a cut is noticed; and where the chain begins since retention removed
  -- older links.
  create table audit_head (
    singleton boolean primary key default true check (singleton),
    seq bigint not null,
    hash bytea not null,
    start_seq bigint not null,
    start_hash bytea not null,
    removed_until timestamptz not null
  );
  insert into audit_head (seq, hash, start_seq, start_hash, removed_until)
    values (0, decode(repeat('00', 32), 'hex'), 0, decode(repeat('00', 32), 'hex'), '-infinity');

  create table audit_unchained (
    at timestamptz not null,
    entry_id uuid not null,
    primary key (at, entry_id)
  );
  insert into audit_unchained (at, entry_id) select at, id from audit_log;

  create function queue_audit_entry() returns trigger language plpgsql as $$ begin
    insert into audit_unchained (at, entry_id) values (new.at, new.id);
    return null;
  end $$;
  create trigger audit_log_queue after insert on audit_log for each row execute function queue_audit_entry();
`;

/** Rows go only by retention: it moves the beginning of the chain forward first, by whole months, never of the last year. */
const guards = `
  create function refuse_audit_change() returns trigger language plpgsql as $$ begin
    raise exception 'The audit log is append-only: % of % is refused (docs/audit-log.md).', tg_op, tg_table_name;
  end $$;

  create function guard_audit_entry() returns trigger language plpgsql as $$ begin
    if exists (select from audit_chain c, audit_head h where c.entry_id = old.id and c.seq <= h.start_seq) then
      return old;
    end if;
    raise exception 'The audit log is append-only: DELETE of audit_log is refused (docs/audit-log.md).';
  end $$;

  create function guard_audit_link() returns trigger language plpgsql as $$ begin
    if old.seq <= (select start_seq from audit_head) then return old; end if;
    raise exception 'The audit log is append-only: DELETE of audit_chain is refused (docs/audit-log.md).';
  end $$;

  create function guard_audit_queue() returns trigger language plpgsql as $$ begin
    if exists (select from audit_chain where entry_id = old.entry_id) then return old; end if;
    raise exception 'The audit log is append-only: DELETE of audit_unchained is refused (docs/audit-log.md).';
  end $$;

  create function guard_audit_head() returns trigger language plpgsql as $$ begin
    if new.seq < old.seq or new.start_seq < old.start_seq or new.start_seq > new.seq
      or new.removed_until < old.removed_until then
      raise exception 'The audit log is append-only: its head only moves forward (docs/audit-log.md).';
    end if;
    if new.removed_until > old.removed_until and (
      new.removed_until <> date_trunc('month', new.removed_until, 'UTC')
      or new.removed_until > now() - interval '1 year') then
      raise exception 'The audit log loses whole months, after a year at the earliest (docs/audit-log.md).';
    end if;
    if new.start_seq > old.start_seq and (
      new.start_hash <> (select hash from audit_chain where seq = new.start_seq)
      or exists (select from audit_chain c join audit_log a on a.id = c.entry_id
        where c.seq > old.start_seq and c.seq <= new.start_seq and a.at >= new.removed_until)) then
      raise exception 'The audit log loses whole months and keeps the last hash of them (docs/audit-log.md).';
    end if;
    return new;
  end $$;

  create trigger audit_log_delete before delete on audit_log for each row execute function guard_audit_entry();
  create trigger audit_log_change before update or truncate on audit_log execute function refuse_audit_change();
  create trigger audit_chain_delete before delete on audit_chain for each row execute function guard_audit_link();
  create trigger audit_chain_change before update or truncate on audit_chain execute function refuse_audit_change();
  create trigger audit_unchained_delete before delete on audit_unchained
    for each row execute function guard_audit_queue();
  create trigger audit_unchained_change before update or truncate on audit_unchained
    execute function refuse_audit_change();
  create trigger audit_head_update before update on audit_head for each row execute function guard_audit_head();
  create trigger audit_head_change before delete or truncate on audit_head execute function refuse_audit_change();
`;

const indexes = `
  create index audit_log_time on audit_log (at, id);
  drop index audit_log_at;
  create index audit_log_actor on audit_log (actor_id, at, id) where actor_id is not null;
  create index audit_log_slack on audit_log (slack_user_id, at, id) where slack_user_id is not null;
  create index audit_log_system on audit_log (at, id) where actor_type = 'system' and slack_user_id is null;
  create index audit_log_action on audit_log (action, at, id);
  create index audit_log_target on audit_log (target_id, at, id) where target_id is not null;
  create index audit_log_target_type on audit_log (target_type, at, id) where target_type is not null;
  create index audit_log_refused on audit_log (at, id) where outcome = 'refused';
  create index audit_log_calls on audit_log (at, id) where outcome = 'refused' and action like '% /%';
  create index audit_log_words on audit_log using gin ((actor_name || ' ' || coalesce(target_name, '') || ' ' ||
    coalesce(target_id, '') || ' ' || action || ' ' || coalesce(ip, '') || ' ' || coalesce(slack_user_id, '') || ' ' ||
    changes::text || ' ' || data::text) gin_trgm_ops);
`;
