import { type Config, readConfig } from "../src/config.ts";
import { type Database, openDatabase } from "../src/db/connect.ts";
import { migrate } from "../src/db/migrate.ts";
import { seedRoles } from "../src/people/roles.ts";

/** Runs `work` on the database of this environment's settings, whether or not a server is running on it. */
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
