/**
 * A process for tests: `node hold.ts DATA_DIR [SQL]` starts the embedded database, prints one line of JSON
 * with the rows of the SQL or the error, and keeps the database running until stdin ends.
 */
import { text } from "node:stream/consumers";
import pg from "pg";
import { startEmbedded } from "../start-embedded.ts";

const [dataDir = "", sql = "select 1 as answer"] = process.argv.slice(2);

try {
  const embedded = await startEmbedded(dataDir, { log: () => {} });
  const client = new pg.Client(embedded.connection);
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  console.log(JSON.stringify({ postmaster: embedded.pid, rows }));
  await text(process.stdin);
  await embedded.stop();
} catch (fault) {
  console.log(JSON.stringify({ refused: fault instanceof Error ? fault.message : String(fault) }));
}
