import { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { connectRunning } from "./embedded/connect-running.ts";
import type { Embedded } from "./embedded/embedded.ts";
import { startEmbedded } from "./embedded/start-embedded.ts";
import type { Tables } from "./tables/tables.ts";
import { type Unavailable, watchPool } from "./unavailable.ts";

/** An open connection to Tocsin's database. */
export interface Database {
  /** Typed queries, each on a connection from the pool. */
  kysely: Kysely<Tables>;
  /**
   * For prepared statements. The pool pipelines: concurrent statements on a connection share a round trip.
   */
  pool: pg.Pool;
  /** For a separate client, which `listen` needs. */
  connection: pg.ClientConfig;
  /** Why PostgreSQL refused a write within the last 30 seconds, for lack of space for example; null if it didn't. */
  refusal: () => Unavailable | null;
  /** Resolves if an embedded server ends by itself. Never resolves with DATABASE_URL: the pool reconnects. */
  died: Promise<Error>;
  /** Waits a second for running queries, closes the pool, and stops an embedded server that this process started. */
  close(): Promise<void>;
}

interface OpenOptions {
  /** Receives each log line of the server and the pool. */
  log: (line: string) => void;
  /** When another process runs the embedded database: `serve` refuses to start, other commands join it. */
  whenRunning?: "refuse" | "join";
  /** Maximum number of connections. An embedded server accepts 60 from all processes together. */
  poolSize?: number;
}

/** Opens DATABASE_URL, or the embedded PostgreSQL in `dataDir` when it is unset. Does not migrate. */
export async function openDatabase(
  config: { databaseUrl?: string | undefined; dataDir: string },
  { log, whenRunning = "refuse", poolSize = 20 }: OpenOptions,
): Promise<Database> {
  const embedded = config.databaseUrl ? null : await openEmbedded(config.dataDir, whenRunning, log);
  const address = embedded?.connection ?? { connectionString: config.databaseUrl };
  const connection = {
    ...address,
    types: typeParsers,
    application_name: "tocsin",
    options: `${plannerOptions} ${timeouts}`,
  };
  const pool = new pg.Pool({
    ...connection,
    max: poolSize,
    idleTimeoutMillis,
    pipeline: true,
    stream: () => new GatheringSocket(),
  });
  // An unhandled error event would end the process. The queries of a broken connection fail anyway.
  pool.on("connect", (client) => client.on("error", () => {}));
  // The pool replaces lost idle connections.
  pool.on("error", (fault) => log(`A database connection was lost: ${fault.message}`));
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    ...{ kysely, pool, connection },
    refusal: watchPool(pool).refusal,
    died: embedded?.died ?? new Promise(() => {}),
    close: async () => {
      // Kysely's destroy() closes nothing if no query ran through it.
      await waitAtMost(closeMs, pool.end());
      await embedded?.stop();
    },
  };
}

/** A query that waits for a lock must not keep the process, nor the embedded server, running. */
const closeMs = 1000;

/** Waits for the work, but not longer than this. The work itself goes on. */
export async function waitAtMost(ms: number, work: Promise<unknown>): Promise<void> {
  const waiting = new AbortController();
  const timeout = sleep(ms, undefined, { signal: waiting.signal }).catch(() => {});
  await Promise.race([work, timeout]).finally(() => waiting.abort());
}

/** Sends the statements of one turn of the event loop together: pg would send each of them in its own write. */
class GatheringSocket extends Socket {
  override uncork(): void {
    process.nextTick(() => super.uncork());
  }
}

/** A new connection has no cached catalog or plans: its first queries take 70 ms instead of 20 ms. */
const idleTimeoutMillis = 5 * 60_000;

/**
 * Prepared statements are planned once per connection, often while tables are small, and would keep a
 * sequential scan as the tables grow; each of them has an index. JIT and parallel workers cost more to start
 * than reading 100,000 index entries.
 */
const plannerOptions = "-c enable_seqscan=off -c jit=off -c max_parallel_workers_per_gather=0";

/**
 * Ordinary statements take milliseconds. What takes this long holds others up, so it ends with an error, and a session
 * that forgot its transaction loses it. Long work sets its own limits, as `migrate` and retention do.
 */
const timeouts = "-c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s";

async function openEmbedded(
  dataDir: string,
  whenRunning: "refuse" | "join",
  log: (line: string) => void,
): Promise<Embedded> {
  const running = whenRunning === "join" ? await connectRunning(dataDir) : null;
  return running ?? startEmbedded(dataDir, { log });
}

const int8 = 20;
const textArray: number = 1009;
/** The first OID of user-defined types; ours are enums and arrays of enums. */
const firstUserType = 16_384;

/** Parses int8 and our enums; other types keep pg's parsers: Date, parsed jsonb, Buffer. */
const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: (type: number, format?: "text" | "binary") => {
    if (type === int8) return toSafeInteger;
    return type < firstUserType ? pg.types.getTypeParser(type, format) : toEnumText;
  },
};

function toEnumText(text: string): string | string[] {
  return text.startsWith("{") ? pg.types.getTypeParser(textArray, "text")(text) : text;
}

/** pg returns int8 as text because it may not fit into a number; our counts and numbers always fit. */
function toSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too large for a number`);
  return value;
}
