import { createSecretKey, type KeyObject } from "node:crypto";
import { sql } from "kysely";
import type { Config } from "../config.ts";
import type { Database } from "../db/connect.ts";
import { listApplied, lockMigrations } from "../db/migrate.ts";
import { notify } from "../db/notify.ts";
import { isConflict, type Transaction } from "../db/transaction.ts";
import { audit } from "../people/audit-log/audit.ts";
import type { Principal } from "../people/principal.ts";
import { keyMatches, makeKeyFile, readCheck, readKeyFile, writeCheck } from "../secrets/load-key.ts";
import { resealAll } from "../secrets/rotate-key.ts";
import { openVault } from "../secrets/vault.ts";
import type { BackupHeader } from "./backup-file.ts";
import { forgetSecrets } from "./forget-secrets.ts";
import { holdBack } from "./hold-back.ts";
import { checkBackup, loadBackup } from "./load-backup.ts";
import { onOneConnection, type Work } from "./one-connection.ts";
import { markRestored } from "./restored.ts";
import { dropEverything, listTables } from "./schema.ts";

interface RestoreRequest {
  path: string;
  /** Whether a database that is in use may be emptied. */
  replace: boolean;
  settings: Pick<Config, "secretKey" | "dataDir">;
  by: Principal;
}

export interface Restored {
  header: BackupHeader;
  rows: Record<string, number>;
  /** The migrations that ran on the restored data. */
  upgraded: string[];
  /** The secrets that have to be entered again; null if the key of the backup is here. */
  missing: string[] | null;
  /** What became of a key in the backup, if the key that is here is another one. */
  key: "here" | "resealed" | "written";
}

/**
 * Restores a backup in one transaction, after the whole file was checked: if anything fails, the database stays as it
 * was. It sends nothing until it is taken over.
 */
export async function restoreBackup(db: Pick<Database, "pool">, request: RestoreRequest): Promise<Restored> {
  const { path, settings } = request;
  const checked = await checkBackup(path);
  const { header, trailer } = checked;
  const restored = await withRetries(db, async (on) => {
    const { tx } = on;
    await lockMigrations(tx);
    await makeRoom(tx, request.replace);
    const upgraded = await loadBackup(on, path, checked);
    const secrets = await settleKey(tx, header, settings);
    await holdBack(tx);
    await markRestored(tx, header.takenAt);
    await audit(tx, request.by, {
      action: "database.restored",
      target: null,
      changes: null,
      data: {
        takenAt: header.takenAt,
        version: header.version,
        secretsMissing: secrets.missing?.length ?? 0,
      },
    });
    await notify(tx, { settings: "settings" });
    return { upgraded, ...secrets };
  });
  return { header, rows: trailer.rows, ...restored };
}

const maxAttempts = 8;

/** Again after a deadlock with a server that works on the database: it is met while tables are locked, before any work. */
async function withRetries<T>(db: Pick<Database, "pool">, work: (on: Work) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await onOneConnection(db, "read committed", work);
    } catch (fault) {
      if (attempt === maxAttempts || !isConflict(fault)) throw fault;
    }
  }
}

/** Empties a database that nobody has used; throws for any other one, unless it may be replaced. */
async function makeRoom(tx: Transaction, replace: boolean): Promise<void> {
  const tables = await listTables(tx);
  const isOurs = (await listApplied(tx)).length > 0;
  if (!isOurs && tables.length > 0)
    throw new Error(
      `This database holds tables that are not Tocsin's (${tables
        .slice(0, 3)
        .map(({ table }) => table)
        .join(", ")}…). Name an empty one in DATABASE_URL. Nothing was changed.`,
    );
  if (
    isOurs &&
    !replace &&
    (await isInUse(
      tx,
      tables.map(({ table }) => table),
    ))
  )
    throw new Error(
      "This database is in use: it has users, sources, destinations or alerts. Restore into an empty one, or add --replace to delete everything that it holds. Nothing was changed.",
    );
  if (tables.length > 0)
    await sql`lock table ${sql.join(tables.map(({ table }) => sql.table(table)))} in access exclusive mode`.execute(
      tx,
    );
  await dropEverything(tx);
}

async function isInUse(tx: Transaction, present: string[]): Promise<boolean> {
  for (const table of ["users", "source_keys", "destinations", "alerts"].filter((one) =>
    present.includes(one),
  )) {
    const { rows } = await sql`select from ${sql.table(table)} limit 1`.execute(tx);
    if (rows.length > 0) return true;
  }
  return false;
}

/**
 * Makes the restored secrets fit the key that is here. Those of a backup with its key are sealed again with that one; without any key
 * here, the key of the backup becomes the key file.
 */
async function settleKey(
  tx: Transaction,
  header: BackupHeader,
  { secretKey, dataDir }: RestoreRequest["settings"],
): Promise<Pick<Restored, "missing" | "key">> {
  const check = await readCheck(tx);
  const present = secretKey ?? (await readKeyFile(dataDir));
  if (check === undefined || (present && keyMatches(present, check))) return { missing: null, key: "here" };
  const bytes = header.key ? Buffer.from(header.key, "base64") : null;
  if (!bytes) return { missing: await forgetAll(tx, present ?? (await makeKeyFile(dataDir))), key: "here" };
  const brought = createSecretKey(bytes);
  if (!keyMatches(brought, check))
    throw new Error("The key in this backup does not open its secrets. Nothing was changed.");
  if (present) {
    await resealAll(tx, { from: openVault(brought), to: openVault(present) });
    await writeCheck(tx, present, "over-another");
    return { missing: null, key: "resealed" };
  }
  await makeKeyFile(dataDir, "current", bytes);
  return { missing: null, key: "written" };
}

async function forgetAll(tx: Transaction, key: KeyObject): Promise<string[]> {
  await writeCheck(tx, key, "over-another");
  return forgetSecrets(tx, openVault(key));
}
