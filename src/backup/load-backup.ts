import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { sql } from "kysely";
import { from as copyFrom } from "pg-copy-streams";
import { listMigrations, runMigrations } from "../db/migrate.ts";
import { seedRoles } from "../people/roles.ts";
import { type BackupHeader, type BackupTrailer, readBackup, type TakeTable } from "./backup-file.ts";
import type { Work } from "./one-connection.ts";
import { listSequences, listTables, withoutChecks } from "./schema.ts";
import { columnsOf } from "./take-backup.ts";

/** What is known of a backup once the whole file was read and found good. */
type Checked = Awaited<ReturnType<typeof readBackup>>;

/** Reads the whole file; throws what is wrong with it, or that it is from a newer Tocsin. */
export function checkBackup(path: string): Promise<Checked> {
  return readBackup(path, { table: drain, start: refuseNewer });
}

const drain: TakeTable = async (_, rows) => {
  for await (const _piece of rows);
};

async function refuseNewer({ migrations, version }: BackupHeader): Promise<void> {
  const known = await listMigrations();
  const unknown = migrations.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(
      `This backup is from a newer Tocsin (${version}; it has ${unknown.join(", ")}). Restore it with that version or a later one. Nothing was changed.`,
    );
}

/** Fills an empty database with a checked backup. Returns the migrations that ran on its rows afterwards. */
export async function loadBackup(on: Work, path: string, { header, trailer }: Checked): Promise<string[]> {
  await runMigrations(on.tx, header.migrations);
  await loadAll(on, path, trailer);
  const upgraded = (await listMigrations()).filter((name) => !header.migrations.includes(name));
  await runMigrations(on.tx, upgraded);
  await seedRoles(on.tx);
  return upgraded;
}

/** Loads all rows; the file is read, and checked, a second time. */
async function loadAll({ tx, client }: Work, path: string, checked: BackupTrailer): Promise<void> {
  const tables = await listTables(tx);
  const known = new Map(tables.map(({ table, columns }) => [table, columns]));
  const table: TakeTable = async (line, rows) => {
    const columns = known.get(line.table);
    if (!columns || line.columns.some((name) => !columns.includes(name)))
      throw new Error(
        `${path} is damaged: it has a table or column that its version of Tocsin does not have.`,
      );
    const into = client.query(copyFrom(`copy ${columnsOf(line)} from stdin`));
    await writeAll(rows, into);
  };
  await withoutChecks(tx, async () => {
    // Migrations have put rows into some of them.
    if (tables.length > 0)
      await sql`truncate ${sql.join(tables.map((one) => sql.table(one.table)))}`.execute(tx);
    const { trailer } = await readBackup(path, { table });
    if (trailer.sha256 !== checked.sha256)
      throw new Error(`${path} was changed while it was read. Nothing was restored.`);
    for (const name of await listSequences(tx)) {
      const stood = trailer.sequences[name];
      if (!stood) throw new Error(`${path} is damaged: it does not say where ${name} stands.`);
      await sql`select setval(${name}::regclass, ${stood.last}::bigint, ${stood.called})`.execute(tx);
    }
  });
}

async function writeAll(rows: AsyncIterable<Buffer>, into: Writable): Promise<void> {
  const done = finished(into);
  // A refusal of PostgreSQL is thrown below, also while rows are read.
  done.catch(() => {});
  for await (const piece of rows)
    if (!into.write(piece)) await Promise.race([new Promise((drained) => into.once("drain", drained)), done]);
  into.end();
  await done;
}
