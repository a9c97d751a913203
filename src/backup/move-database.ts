import { rm } from "node:fs/promises";
import { sql } from "kysely";
import pg from "pg";
import { clientDefaults } from "../db/connect.ts";
import { lockMigrations } from "../db/migrate.ts";
import { audit } from "../people/audit-log/audit.ts";
import type { Principal } from "../people/principal.ts";
import { checkBackup, loadBackup } from "./load-backup.ts";
import { onOneConnection } from "./one-connection.ts";
import { takeBackup } from "./take-backup.ts";

/** A server, and the major version of its PostgreSQL. */
interface Place {
  connection: pg.ClientConfig;
  major: number;
}

interface Move {
  from: Place;
  /** Its database is empty. */
  to: Place;
  /** Where a backup may stand meanwhile. */
  path: string;
  /** The version of Tocsin. */
  version: string;
  by: Principal;
}

/**
 * Copies everything in a database that nobody uses into another one, which replaces it. Unlike a restored backup the copy goes
 * on where the original stopped: there is only one of them. Returns the number of rows.
 */
export async function moveDatabase({ from, to, path, version, by }: Move): Promise<number> {
  try {
    const { rows } = await takeBackup(poolOf(from.connection), { path, force: true, version, key: null });
    const checked = await checkBackup(path);
    await onOneConnection(poolOf(to.connection), "read committed", async (on) => {
      await lockMigrations(on.tx);
      await loadBackup(on, path, checked);
      const data = { from: from.major, to: to.major };
      await audit(on.tx, by, { action: "database.upgraded", target: null, changes: null, data });
      // Otherwise statements are planned without statistics until autovacuum comes by.
      await sql`analyze`.execute(on.tx);
    });
    return Object.values(rows).reduce((sum, one) => sum + one, 0);
  } finally {
    await rm(path, { force: true });
  }
}

/** For connections of their own: the pool itself never connects. */
const poolOf = (connection: pg.ClientConfig) => ({ pool: new pg.Pool({ ...connection, ...clientDefaults }) });
