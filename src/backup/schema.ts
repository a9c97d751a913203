import { type RawBuilder, sql } from "kysely";
import type { Transaction } from "../db/transaction.ts";
import type { TableLine } from "./backup-file.ts";

/** The tables that hold migrations; a backup has their names in its header instead. */
export const migrationTable = "kysely_migration";

/** SQL: the schema that Tocsin's tables are in, or would be created in. */
const schema = sql`coalesce((select relnamespace from pg_class where oid = to_regclass(${sql.lit(migrationTable)})),
  current_schema()::regnamespace)`;

/** SQL: what an extension brought along is not ours. */
const ownOnly = (oid: RawBuilder<unknown>) =>
  sql`not exists (select from pg_depend x where x.objid = ${oid} and x.deptype = 'e')`;

/** SQL: a table that holds rows of its own or in partitions; the partitions belong to it. */
const isTable = sql`c.relkind in ('r', 'p') and not c.relispartition`;

/** Tocsin's tables with the columns that are stored; PostgreSQL works out generated ones by itself. */
export async function listTables(tx: Transaction): Promise<TableLine[]> {
  const { rows } = await sql<TableLine>`
    select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      and a.attgenerated = ''
    where c.relnamespace = ${schema} and ${isTable} and ${ownOnly(sql`c.oid`)}
      and c.relname <> ${migrationTable}
    group by c.relname order by c.relname`.execute(tx);
  return rows;
}

export async function listSequences(tx: Transaction): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class c
    where relnamespace = ${schema} and relkind = 'S' and ${ownOnly(sql`c.oid`)} order by relname`.execute(tx);
  return rows.map(({ name }) => name);
}

/** Drops what Tocsin's migrations made: tables, sequences, types and the functions of triggers. */
export async function dropEverything(tx: Transaction): Promise<void> {
  const { rows } = await sql<{ statement: string }>`
    select format('drop table if exists %s cascade', c.oid::regclass) as statement from pg_class c
    where relnamespace = ${schema} and ${isTable} and ${ownOnly(sql`c.oid`)}
    union all select format('drop sequence if exists %s cascade', c.oid::regclass) from pg_class c
    where relnamespace = ${schema} and relkind = 'S' and ${ownOnly(sql`c.oid`)}
    union all select format('drop function %s', p.oid::regprocedure) from pg_proc p
    where pronamespace = ${schema} and prorettype = 'trigger'::regtype and ${ownOnly(sql`p.oid`)}
    union all select format('drop type %s', t.oid::regtype) from pg_type t
    where typnamespace = ${schema} and typtype = 'e' and ${ownOnly(sql`t.oid`)}`.execute(tx);
  for (const { statement } of rows) await sql.raw(statement).execute(tx);
}

/**
 * Runs `load` while no trigger and no foreign key of Tocsin's tables is there: triggers would write what the rows say
 * already, and rows come in any order. They are the same afterwards, and the foreign keys are checked.
 */
export async function withoutChecks(tx: Transaction, load: () => Promise<void>): Promise<void> {
  const { rows: keys } = await sql<{ drop: string; add: string }>`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as add
    from pg_constraint where contype = 'f' and conparentid = 0 and connamespace = ${schema}`.execute(tx);
  for (const { drop } of keys) await sql.raw(drop).execute(tx);
  const { rows: own } = await sql<{ table: string }>`select c.relname as table from pg_class c
    where relnamespace = ${schema} and c.relkind in ('r', 'p') and ${ownOnly(sql`c.oid`)}`.execute(tx);
  for (const { table } of own) await sql`alter table ${sql.table(table)} disable trigger user`.execute(tx);
  await load();
  for (const { table } of own) await sql`alter table ${sql.table(table)} enable trigger user`.execute(tx);
  for (const { add } of keys) await sql.raw(add).execute(tx);
}
