import { type Kysely, sql } from "kysely";

/** What broke of the set-up and who was told, and when each installation is asked about next. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db);
}

const tables = `
  -- That something is broken now stands in lines.fault and installations.fault, written with the attempt or
  -- the event that met it. A row here is one time that it was broken, from when it was seen to when it ended.
  create table setup_faults (
    id uuid primary key,
    -- app:<installation> or line:<key>
    cause text not null,
    fault text not null,
    -- In words: what is broken, as "#security", and what it means and asks for.
    name text not null,
    remedy text not null,
    since timestamptz not null default now(),
    alert_id uuid,
    mailed boolean not null default false,
    ended_at timestamptz
  );
  create unique index setup_faults_open on setup_faults (cause) where ended_at is null;

  -- One mail to one person about one fault; due while due_at is set.
  create table fault_mails (
    id uuid primary key,
    fault_id uuid not null references setup_faults,
    about text not null check (about in ('broken', 'over')),
    address text not null,
    due_at timestamptz default now(),
    attempts int not null default 0,
    sent_at timestamptz,
    error text,
    unique (fault_id, about, address)
  );
  create index fault_mails_due on fault_mails (due_at) where due_at is not null;

  alter table installations
    -- Whoever moves it on does the check: one node at a time, and another the next time if that one dies.
    add column check_at timestamptz not null default now(),
    -- The workspaces that an organisation has let the app into, as last seen.
    add column granted_teams text[];

  -- Since when the line has worked: what was held is not to be given up for the time that it was held.
  alter table lines add column well_since timestamptz not null default now();
  create function note_line_well() returns trigger language plpgsql as
    'begin new.well_since := now(); return new; end';
  create trigger lines_well before update on lines for each row
    when (old.fault is not null and new.fault is null) execute function note_line_well();

  -- The source of Tocsin's own alerts. Counted as deleted, it is never listed, changed or given a key.
  insert into sources (id, kind, name, resolves, deleted_at)
    values ('00000000-0000-7000-8000-000000000001', 'native', 'Tocsin', 'always', now());
`;
