import { createHash, randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { access, open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { sql } from "kysely";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { Database } from "../db/connect.ts";
import { listApplied } from "../db/migrate.ts";
import type { Transaction } from "../db/transaction.ts";
import { type BackupHeader, type BackupTrailer, format, type TableLine } from "./backup-file.ts";
import { onOneConnection, type Work } from "./one-connection.ts";
import { listSequences, listTables } from "./schema.ts";

export interface BackupRequest {
  /** The file to write. */
  path: string;
  /** Whether it may replace a file. */
  force: boolean;
  /** The version of Tocsin. */
  version: string;
  /** The key of the secrets, to be part of the backup; null leaves it out. */
  key: Buffer | null;
}

export interface TakenBackup extends Pick<BackupHeader, "takenAt"> {
  rows: BackupTrailer["rows"];
  bytes: number;
}

/**
 * Writes a backup of the database as it is at one moment, while it is in use. The file appears once it is complete and on
 * disk, readable by this user only. Needs a few megabytes of memory, however large the database is.
 */
export async function takeBackup(db: Pick<Database, "pool">, request: BackupRequest): Promise<TakenBackup> {
  const { path, force } = request;
  if (!force) await refuseToOverwrite(path);
  // In the same folder, since only there a rename is one step.
  const partial = `${path}.${randomBytes(4).toString("hex")}.partial`;
  try {
    const taken = await onOneConnection(db, "repeatable read", async (on) => {
      await sql`set transaction read only`.execute(on.tx);
      const about = await describe(on.tx, request);
      const end: { rows: BackupTrailer["rows"] } = { rows: {} };
      const file = createWriteStream(partial, { flags: "wx", mode: 0o600, flush: true });
      await pipeline(Readable.from(pieces(on, about, end)), createGzip(), file);
      return { takenAt: about.header.takenAt, rows: end.rows };
    });
    const { size } = await stat(partial);
    if (!force) await refuseToOverwrite(path);
    await rename(partial, path);
    await syncFolder(dirname(path));
    return { ...taken, bytes: size };
  } catch (fault) {
    await rm(partial, { force: true });
    throw fault;
  }
}

async function refuseToOverwrite(path: string): Promise<void> {
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  if (exists) throw new Error(`${path} exists already. Choose another name, or add --force to replace it.`);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}

interface Contents {
  header: BackupHeader;
  tables: TableLine[];
  sequences: BackupTrailer["sequences"];
}

async function describe(tx: Transaction, { version, key }: BackupRequest): Promise<Contents> {
  const migrations = await listApplied(tx);
  if (migrations.length === 0)
    throw new Error(
      "This database holds no Tocsin yet, so there is nothing to back up. Is it the right one?",
    );
  const { rows } = await sql<{ now: Date }>`select now()`.execute(tx);
  const takenAt = (rows[0]?.now ?? new Date()).toISOString();
  const header = { tocsin: "backup" as const, format, version, takenAt, migrations };
  return {
    header: { ...header, ...(key && { key: key.toString("base64") }) },
    tables: await listTables(tx),
    sequences: await readSequences(tx),
  };
}

/** Sequences are no part of a snapshot: one may be ahead of the rows, which does no harm. */
async function readSequences(tx: Transaction): Promise<BackupTrailer["sequences"]> {
  const found: BackupTrailer["sequences"] = {};
  for (const name of await listSequences(tx)) {
    const { rows } = await sql<{ last: string; called: boolean }>`
      select last_value::text as last, is_called as called from ${sql.table(name)}`.execute(tx);
    if (rows[0]) found[name] = rows[0];
  }
  return found;
}

/** The file's contents; `end` gets what is known only afterwards. */
async function* pieces(
  { client }: Work,
  { header, tables, sequences }: Contents,
  end: { rows: BackupTrailer["rows"] },
): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  const hashed = (piece: Buffer) => {
    hash.update(piece);
    return piece;
  };
  yield hashed(line(header));
  for (const { table, columns } of tables) {
    yield hashed(line({ table, columns }));
    const rows = client.query(copyTo(`copy (${selectAll({ table, columns })}) to stdout`));
    for await (const piece of rows) yield hashed(piece);
    end.rows[table] = rows.rowCount;
    yield hashed(Buffer.from("\\.\n"));
  }
  const trailer: BackupTrailer = { rows: end.rows, sequences, sha256: hash.digest("hex") };
  yield line(trailer);
}

const line = (value: object) => Buffer.from(`${JSON.stringify(value)}\n`);

/** SQL: all rows of a table. COPY reads a table with partitions only as a query. */
function selectAll({ table, columns }: TableLine): string {
  return `select ${listOf(columns)} from ${pg.escapeIdentifier(table)}`;
}

/** SQL for COPY: a table with its columns. */
export function columnsOf({ table, columns }: TableLine): string {
  return `${pg.escapeIdentifier(table)} (${listOf(columns)})`;
}

const listOf = (columns: readonly string[]) => columns.map((name) => pg.escapeIdentifier(name)).join(", ");
