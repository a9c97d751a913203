import { type Config, readConfig } from "../src/config.ts";
import { type Database, openDatabase } from "../src/db/connect.ts";
import { migrate } from "../src/db/migrate.ts";
import { seedRoles } from "../src/people/roles.ts";

/**
 * Does something on the database of this environment's settings, whether a server runs on it or not, and gives
 * back what it gave.
 */
export async function withDatabase<T>(work: (db: Database, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const db = await openDatabase(config, { log: () => {}, whenRunning: "join", poolSize: 2 });
  try {
    await migrate(db.kysely);
    await seedRoles(db.kysely);
    return await work(db, config);
  } finally {
    await db.close();
  }
}
