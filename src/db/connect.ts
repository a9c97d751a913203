import { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { explainConnection, readAddress } from "./address.ts";
import { connectRunning } from "./embedded/connect-running.ts";
import type { Embedded } from "./embedded/embedded.ts";
import { startEmbedded } from "./embedded/start-embedded.ts";
import { describeFault } from "./fault.ts";
import { isSession, sessionOptions, storeSettings } from "./session.ts";
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
  /** For a separate client, which `listen` needs; null if there is only a pooler. */
  connection: pg.ClientConfig | null;
  /**
   * Whether a connection is one session of PostgreSQL. False behind a pooler that gives each transaction another one,
   * such as PgBouncer: what a session keeps, as prepared statements, is not there later.
   */
  hasSessions: boolean;
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
  config: { databaseUrl?: string | undefined; databaseDirectUrl?: string | undefined; dataDir: string },
  { log, whenRunning = "refuse", poolSize = 20 }: OpenOptions,
): Promise<Database> {
  const embedded = config.databaseUrl ? null : await openEmbedded(config.dataDir, whenRunning, log);
  const { databaseUrl = "", databaseDirectUrl } = config;
  const address = embedded?.connection ?? readAddress(databaseUrl);
  const direct = databaseDirectUrl ? readAddress(databaseDirectUrl) : address;
  const openPool = (options?: string) =>
    makePool({ ...address, ...clientDefaults, ...(options && { options }), max: poolSize }, log);
  let { pool, refusal } = openPool(sessionOptions);
  const hasSessions =
    embedded !== null || (await isSession(pool).catch(explained("DATABASE_URL", databaseUrl)));
  if (!hasSessions) {
    await pool.end();
    ({ pool, refusal } = openPool());
  }
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  if (!hasSessions)
    await storeSettings(pool).catch((fault: unknown) => log(`${notStored} ${describeFault(fault)}`));
  return {
    ...{ kysely, pool, hasSessions, refusal },
    connection:
      hasSessions || databaseDirectUrl ? { ...direct, ...clientDefaults, options: sessionOptions } : null,
    died: embedded?.died ?? new Promise(() => {}),
    close: async () => {
      // Kysely's destroy() closes nothing if no query ran through it.
      await waitAtMost(closeMs, pool.end());
      await embedded?.stop();
    },
  };
}

function makePool(config: pg.PoolConfig, log: (line: string) => void) {
  const pool = new pg.Pool({
    ...config,
    idleTimeoutMillis,
    pipeline: true,
    stream: () => new GatheringSocket(),
  });
  // An unhandled error event would end the process. The queries of a broken connection fail anyway.
  pool.on("connect", (client) => client.on("error", () => {}));
  // The pool replaces lost idle connections.
  pool.on("error", (fault) => log(`A database connection was lost: ${fault.message}`));
  return { pool, ...watchPool(pool) };
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

const explained = (setting: string, url: string) => (cause: unknown) => {
  throw new Error(explainConnection(cause, setting, url), { cause });
};

const notStored =
  "The time limits could not be stored for this role, so statements through the pooler have none.";

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

/** What all connections have in common. */
export const clientDefaults = { types: typeParsers, application_name: "tocsin" };
