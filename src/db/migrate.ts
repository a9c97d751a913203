import { readdir } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";
import { isLockTimeout } from "./transaction.ts";

const migrationsFolder = join(import.meta.dirname, "migrations");
/** `.ts` in a checkout and `.js` in the package. */
const extension = extname(import.meta.filename);

/** The key of Kysely's migrator, by which versions up to 0.1 kept two of them from migrating at once. */
const lockId = "3853314791062309107";

/**
 * Runs the pending migrations (`NNNN_name.ts` in `folder`) in order, in one transaction under a lock, so of
 * nodes that start together one migrates and the others wait. Returns the names of those it ran; throws if
 * the database is newer than the code. A migration may take long, and nodes wait as long for it: no limit applies.
 *
 * Everything is in the transaction, lock and limits too, so that it works through a pooler. Kysely's migrator takes a
 * lock of the session.
 *
 * Nodes of an earlier version may serve meanwhile. All tables are locked before the first change, and it lets go of them
 * while a node is using one: a migration that locks them one after the other would deadlock with those nodes.
 */
export async function migrate<T>(db: Kysely<T>, folder: string = migrationsFolder): Promise<string[]> {
  const known = await listMigrations(folder);
  if (pendingOf(known, await listApplied(db)).length === 0) return [];
  for (const begun = performance.now(); ; await sleep(100 + Math.random() * 200)) {
    try {
      return await db.transaction().execute((tx) => runPending(tx, known, folder));
    } catch (fault) {
      if (!isLockTimeout(fault)) throw fault;
      if (performance.now() - begun > maxWaitMs) throw new Error(inUse, { cause: fault });
    }
  }
}

async function runPending<T>(tx: Kysely<T>, known: readonly string[], folder: string): Promise<string[]> {
  await sql`select set_config('statement_timeout', '0', true)`.execute(tx);
  await setLockTimeout(tx, "0");
  await lockMigrations(tx);
  await makeList(tx);
  const pending = pendingOf(known, await listApplied(tx));
  if (pending.length > 0) await lockTables(tx);
  for (const name of pending) await run(tx, folder, name);
  return pending;
}

/** Less than PostgreSQL's deadlock_timeout, so that it is the migration that lets go, and not a node that fails. */
const tableWait = "500ms";

/** How long the tables may be in use at each try; a backup uses them for as long as it runs. */
const maxWaitMs = 5 * 60_000;

const inUse =
  "The schema can't be upgraded: other connections have used its tables for 5 minutes without a pause, as a backup does. Start again once they have ended.";

async function lockTables<T>(tx: Kysely<T>): Promise<void> {
  await setLockTimeout(tx, tableWait);
  await sql`do $$ declare list text := (select string_agg(oid::regclass::text, ', ' order by oid) from pg_class
    where relkind in ('r', 'p') and not relispartition and pg_has_role(relowner, 'usage')
      and relnamespace = (select relnamespace from pg_class where oid = to_regclass('kysely_migration')));
    begin execute 'lock table ' || list || ' in access exclusive mode'; end $$`.execute(tx);
  await setLockTimeout(tx, "0");
}

async function setLockTimeout<T>(tx: Kysely<T>, timeout: string): Promise<void> {
  await sql`select set_config('lock_timeout', ${timeout}, true)`.execute(tx);
}

/** Takes the lock of migrations until the transaction ends, so that no node that starts meanwhile migrates. */
export async function lockMigrations<T>(tx: Kysely<T>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockId}::bigint)`.execute(tx);
}

/** Runs these migrations in a transaction that holds the lock, in order. */
export async function runMigrations<T>(tx: Kysely<T>, names: readonly string[]): Promise<void> {
  await makeList(tx);
  for (const name of names) await run(tx, migrationsFolder, name);
}

async function makeList<T>(tx: Kysely<T>): Promise<void> {
  await sql`create table if not exists kysely_migration
    (name varchar(255) not null primary key, timestamp varchar(255) not null)`.execute(tx);
}

/** Those to run, in order. A migration that another branch brought late has to be numbered again. */
function pendingOf(known: readonly string[], applied: readonly string[]): string[] {
  const unknown = applied.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(
      `The database is newer than this Tocsin (it has ${unknown.join(", ")}): start the version that migrated it, or restore a backup.`,
    );
  const pending = known.filter((name) => !applied.includes(name));
  const late = pending.find((name) => name < (applied.at(-1) ?? ""));
  if (late) throw new Error(`The migration ${late} comes after ${applied.at(-1)}, which ran already`);
  return pending;
}

async function run<T>(tx: Kysely<T>, folder: string, name: string): Promise<void> {
  const migration: Migration = await import(pathToFileURL(join(folder, `${name}${extension}`)).href);
  try {
    await migration.up(tx);
  } catch (cause) {
    throw new Error(`The migration ${name} failed`, { cause });
  }
  await sql`insert into kysely_migration values (${name}, ${new Date().toISOString()})`.execute(tx);
}

/** The names of this version's migrations, in order. */
export async function listMigrations(folder: string = migrationsFolder): Promise<string[]> {
  const names = (await readdir(folder)).map((file) => basename(file, extension));
  return names.filter((name) => /^\d{4}_\w+$/.test(name)).sort();
}

/** The names of those that a database has, in order. */
export async function listApplied<T>(db: Kysely<T>): Promise<string[]> {
  const table = await sql<{
    exists: boolean;
  }>`select to_regclass('kysely_migration') is not null as exists`.execute(db);
  if (!table.rows[0]?.exists) return [];
  const applied = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return applied.rows.map((row) => row.name);
}
