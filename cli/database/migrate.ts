import type { Command } from "commander";
import { readConfig } from "../../src/config.ts";
import { openDatabase } from "../../src/db/connect.ts";
import { migrate as migrateDatabase } from "../../src/db/migrate.ts";

/** `tocsin migrate`: brings the database's schema up to date, as the server does when it starts. */
export function migrate(program: Command): void {
  program
    .command("migrate")
    .description("bring the database's schema up to date")
    .action(async () => {
      const db = await openDatabase(readConfig(process.env), { log: () => {}, whenRunning: "join" });
      try {
        const done = await migrateDatabase(db.kysely);
        console.log(done.length === 0 ? "The schema is up to date." : `Migrated: ${done.join(", ")}.`);
      } finally {
        await db.close();
      }
    });
}
