import { readdir } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Kysely, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";

const migrationsFolder = join(import.meta.dirname, "migrations");
/** `.ts` in a checkout and `.js` in the package. */
const extension = extname(import.meta.filename);

/**
 * Runs the pending migrations (`NNNN_name.ts` in `folder`) in order, in one transaction under a lock, so of
 * nodes that start together one migrates and the others wait. Returns the names of those it ran; throws if
 * the database is newer than the code. A migration may take long, and nodes wait as long for it: no limit applies.
 */
export function migrate<T>(db: Kysely<T>, folder: string = migrationsFolder): Promise<string[]> {
  return db.connection().execute(async (connection) => {
    await sql`select set_config('statement_timeout', '0', false), set_config('lock_timeout', '0', false)`.execute(
      connection,
    );
    try {
      return await runPending(connection, folder);
    } finally {
      await sql`reset statement_timeout`.execute(connection);
      await sql`reset lock_timeout`.execute(connection);
    }
  });
}

async function runPending<T>(db: Kysely<T>, folder: string): Promise<string[]> {
  const known = await listMigrations(folder);
  const applied = await listApplied(db);
  refuseNewer(known, applied);
  if (applied.length === known.length) return [];
  const migrator = new Migrator({ db, provider: { getMigrations: () => readMigrations(folder, known) } });
  const { error, results = [] } = await migrator.migrateToLatest();
  const failed = results.find((result) => result.status === "Error");
  if (failed) throw new Error(`The migration ${failed.migrationName} failed`, { cause: error });
  if (error) throw error;
  return results.map((result) => result.migrationName);
}

/** The names of the migrations that this version has. */
export async function listMigrations(folder: string = migrationsFolder): Promise<string[]> {
  const names = (await readdir(folder)).map((file) => basename(file, extension));
  return names.filter((name) => /^\d{4}_\w+$/.test(name));
}

async function readMigrations(folder: string, names: string[]): Promise<Record<string, Migration>> {
  const named = names.map(async (name): Promise<[string, Migration]> => {
    return [name, await import(pathToFileURL(join(folder, `${name}${extension}`)).href)];
  });
  return Object.fromEntries(await Promise.all(named));
}

async function listApplied<T>(db: Kysely<T>): Promise<string[]> {
  const table = await sql<{
    exists: boolean;
  }>`select to_regclass('kysely_migration') is not null as exists`.execute(db);
  if (!table.rows[0]?.exists) return [];
  const applied = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return applied.rows.map((row) => row.name);
}

function refuseNewer(known: string[], applied: string[]): void {
  const unknown = applied.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new Error(
    `The database is newer than this Tocsin (it has ${unknown.join(", ")}): start the version that migrated it, or restore a backup.`,
  );
}
