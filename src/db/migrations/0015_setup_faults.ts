import { type Kysely, sql } from "kysely";

/** Setup faults, the emails about them, and the next check of each installation. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db);
}

const tables = `
  -- The current faults are in lines.fault and installations.fault, written with the attempt or event that
  -- failed. A row here is one period of a fault, from its discovery to its end.
  create table setup_faults (
    id uuid primary key,
    -- app:<installation> or line:<key>
    cause text not null,
    fault text not null,
    -- Texts for people: what is broken, such as "#security", and what to do.
    name text not null,
    remedy text not null,
    since timestamptz not null default now(),
    alert_id uuid,
    mailed boolean not null default false,
    ended_at timestamptz
  );
  create unique index setup_faults_open on setup_faults (cause) where ended_at is null;

  -- One email to one person about one fault; due while due_at is set.
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
    -- The node that moves it on does the check; if that node dies, another one does the next.
    add column check_at timestamptz not null default now(),
    -- The workspaces in which an organisation has approved the app, as last read.
    add column granted_teams text[];

  -- When the line last began to work: time that a delivery was held doesn't count towards giving up.
  alter table lines add column well_since timestamptz not null default now();
  create function note_line_well() returns trigger language plpgsql as
    'begin new.well_since := now(); return new; end';
  create trigger lines_well before update on lines for each row
    when (old.fault is not null and new.fault is null) execute function note_line_well();

  -- The source of Tocsin's own alerts. Marked as deleted, so it is never listed, changed or given a key.
  insert into sources (id, kind, name, resolves, deleted_at)
    values ('00000000-0000-7000-8000-000000000001', 'native', 'Tocsin', 'always', now());
`;
