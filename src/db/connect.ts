import { setTimeout as sleep } from "node:timers/promises";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { connectRunning } from "./embedded/connect-running.ts";
import type { Embedded } from "./embedded/embedded.ts";
import { startEmbedded } from "./embedded/start-embedded.ts";
import type { Tables } from "./tables/tables.ts";

/** Tocsin's database, open. */
export interface Database {
  /** Typed queries, each on a connection of the pool. */
  kysely: Kysely<Tables>;
  /** For hot statements, named and pipelined. Statements in flight together share a connection's round trip. */
  pool: pg.Pool;
  /** For a client of one's own, as `listen` needs one. */
  connection: pg.ClientConfig;
  /** Resolves if an embedded server ends by itself. Never for a DATABASE_URL: the pool reconnects. */
  died: Promise<Error>;
  /** Waits for running queries, closes the pool, and stops an embedded server that was started here. */
  close(): Promise<void>;
}

interface OpenOptions {
  /** Takes a line for each thing that the server or the pool reports. */
  log: (line: string) => void;
  /** What to do if another process runs the embedded database: the server refuses, the command line joins. */
  whenRunning?: "refuse" | "join";
  /** The most connections at a time; an embedded server takes 60 from all processes together. */
  poolSize?: number;
}

/** Opens DATABASE_URL, or without one the embedded PostgreSQL in `dataDir`. It does not migrate. */
export async function openDatabase(
  config: { databaseUrl?: string | undefined; dataDir: string },
  { log, whenRunning = "refuse", poolSize = 20 }: OpenOptions,
): Promise<Database> {
  const embedded = config.databaseUrl ? null : await openEmbedded(config.dataDir, whenRunning, log);
  const address = embedded?.connection ?? { connectionString: config.databaseUrl };
  const connection = { ...address, types: typeParsers, application_name: "tocsin", options: planning };
  const pool = new pg.Pool({ ...connection, max: poolSize, idleTimeoutMillis, pipeline: true });
  // Unheard, either event would end the process. A connection that breaks in use tells so by its queries, too.
  pool.on("connect", (client) => client.on("error", () => {}));
  // An idle one is replaced by the pool.
  pool.on("error", (fault) => log(`A database connection was lost: ${fault.message}`));
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    kysely,
    pool,
    connection,
    died: embedded?.died ?? new Promise(() => {}),
    close: async () => {
      // Not by way of Kysely, which closes nothing if it was never asked.
      await pool.end();
      await embedded?.stop();
    },
  };
}

/** A connection that is new knows no table and no plan: what takes it 70 ms takes a used one 20. */
const idleTimeoutMillis = 5 * 60_000;

/**
 * Hot statements are planned once per connection, often while their tables are still small: a plan that scans
 * a table would then be kept while it grows. Every one of them has an index. Neither JIT nor
 * parallel workers pay for any of them: starting those takes longer than reading a hundred thousand entries of an index.
 */
const planning = "-c enable_seqscan=off -c jit=off -c max_parallel_workers_per_gather=0";

async function openEmbedded(
  dataDir: string,
  whenRunning: "refuse" | "join",
  log: (line: string) => void,
): Promise<Embedded> {
  const running = whenRunning === "join" ? await connectRunning(dataDir) : null;
  return running ?? startEmbedded(dataDir, { log });
}

const patience = 2000;

/** Asks the database whether it is there, for at most 2 seconds: an error's text is not what to decide by. */
export async function databaseAnswers({ pool }: Pick<Database, "pool">): Promise<boolean> {
  const asked = pool.query("select 1").then(
    () => true,
    () => false,
  );
  const waiting = new AbortController();
  const tooLong = sleep(patience, false, { signal: waiting.signal }).catch(() => false);
  return Promise.race([asked, tooLong]).finally(() => waiting.abort());
}

const int8 = 20;
const textArray: number = 1009;
/** PostgreSQL numbers the types of a schema from here on; those of ours are enums, and arrays of them. */
const firstOwnType = 16_384;

/** How what PostgreSQL answers becomes values; the rest is as pg has it: Date, parsed jsonb, Buffer. */
const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: (type: number, format?: "text" | "binary") => {
    if (type === int8) return toSafeInteger;
    return type < firstOwnType ? pg.types.getTypeParser(type, format) : toWords;
  },
};

function toWords(text: string): string | string[] {
  return text.startsWith("{") ? pg.types.getTypeParser(textArray, "text")(text) : text;
}

/** pg hands int8 over as text, as it may exceed what a number holds; ours, counts and ids, never do. */
function toSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too large for a number`);
  return value;
}
