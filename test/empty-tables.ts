/** SQL: Tocsin's tables, without those of Kysely's migrations, which nothing changes and of which it must see one. */
const tables = `select relname as name, oid from pg_class
  where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not like 'kysely%'`;

/** SQL for the template database: keeps the rows that migrations write, for `emptyTables`. */
export const keepFirstRows = `
  create schema first_rows;
  do $$ declare one record; filled boolean; begin
    for one in ${tables} loop
      execute format('select exists (select from public.%I)', one.name) into filled;
      if filled then execute format('create table first_rows.%I as table public.%I', one.name, one.name); end if;
    end loop;
  end $$`;

/**
 * SQL: makes a database as it was when it was cloned. It deletes rows, because a truncated table is a new one to
 * PostgreSQL, for which each connection plans its statements again.
 */
export const emptyTables = `
  do $$ declare one record; begin
    set local session_replication_role = replica;
    for one in ${tables} loop
      if pg_relation_size(one.oid) > 0 then execute format('delete from public.%I', one.name); end if;
    end loop;
    for one in select relname as name from pg_class where relkind = 'r' and relnamespace = 'first_rows'::regnamespace loop
      execute format('insert into public.%I table first_rows.%I', one.name, one.name);
    end loop;
    for one in select relname as name from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace loop
      execute format('alter sequence public.%I restart', one.name);
    end loop;
  end $$`;
