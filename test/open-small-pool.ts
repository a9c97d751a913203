import { type Database, openDatabase } from "../src/db/connect.ts";

/**
 * Opens a story's database with connections enough for two people and the workers. In a new database each of them
 * has to read the catalogues for itself, which takes longer than all that a story then asks of it.
 */
export function openSmallPool(databaseUrl: string): Promise<Database> {
  return openDatabase({ databaseUrl, dataDir: "" }, { log: () => {}, poolSize: 8 });
}
