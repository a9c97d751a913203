import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Database, openDatabase } from "../src/db/connect.ts";
import { migrate } from "../src/db/migrate.ts";

/** A new embedded PostgreSQL on the disk, durable as in production; thrown away at the end. */
export async function benchDatabase(options: { poolSize: number }): Promise<{
  db: Database;
  dataDir: string;
  close: () => Promise<void>;
}> {
  const dataDir = await mkdtemp(join(process.env.TMPDIR ?? "/var/tmp", "tocsin-bench-"));
  const db = await openDatabase({ databaseUrl: undefined, dataDir }, { log: () => {}, ...options });
  await migrate(db.kysely);
  return {
    db,
    dataDir,
    close: async () => {
      await db.close();
      await rm(dataDir, { recursive: true });
    },
  };
}
