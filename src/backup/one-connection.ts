import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import type { Database } from "../db/connect.ts";
import type { Tables } from "../db/tables/tables.ts";
import type { Transaction } from "../db/transaction.ts";

/** A transaction, and its connection for what Kysely can't say: COPY. */
export interface Work {
  tx: Transaction;
  client: pg.Client;
}

/** What holds in these transactions, which may take hours. Texts are written as `pg_dump` has them written. */
const settings = {
  statement_timeout: "0",
  idle_in_transaction_session_timeout: "0",
  lock_timeout: "60s",
  enable_seqscan: "on",
  datestyle: "ISO, YMD",
  intervalstyle: "postgres",
  timezone: "UTC",
  extra_float_digits: "3",
  bytea_output: "hex",
  client_encoding: "UTF8",
};

/** Runs `work` in one transaction on a connection of its own, since COPY has one to itself. */
export async function onOneConnection<T>(
  db: Pick<Database, "pool">,
  isolation: "repeatable read" | "read committed",
  work: (on: Work) => Promise<T>,
): Promise<T> {
  const { pipeline: _, stream: __, ...options } = db.pool.options;
  const client = new pg.Client(options);
  // A lost connection fails the query that runs.
  client.on("error", () => {});
  await client.connect();
  const release = () => {};
  const pool = { connect: async () => Object.assign(client, { release }), end: async () => {}, options: {} };
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    return await kysely
      .transaction()
      .setIsolationLevel(isolation)
      .execute(async (tx) => {
        for (const [name, value] of Object.entries(settings))
          await sql`select set_config(${name}, ${value}, true)`.execute(tx);
        return work({ tx, client });
      });
  } finally {
    await client.end();
  }
}
