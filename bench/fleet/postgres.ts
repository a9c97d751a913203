import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type Database, openDatabase } from "../../src/db/connect.ts";
import { startEmbedded } from "../../src/db/embedded/start-embedded.ts";
import { migrate } from "../../src/db/migrate.ts";
import { hasDebianPostgres, startDebianPostgres } from "../../test/doubles/debian-postgres.ts";

/** A PostgreSQL that several nodes share. */
export interface Postgres {
  /** For DATABASE_URL. */
  url: string;
  query: <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;
  /** Stops it, and starts it again after `downMs`. */
  restart(downMs: number): Promise<void>;
  /** Cuts every connection of the nodes, even within a transaction. */
  cut(): Promise<void>;
  close(): Promise<void>;
}

/** Queries on a connection of their own, which other faults leave alone. */
function openQuery(connection: pg.ClientConfig): Postgres["query"] {
  return async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) => {
    const client = new pg.Client({ ...connection, application_name: "bench" });
    await client.connect();
    const { rows } = await client.query<Row>(text, values).finally(() => client.end());
    return rows;
  };
}

/** An embedded PostgreSQL, as durable as in production. */
export async function startPostgres(): Promise<Postgres> {
  const dataDir = await mkdtemp(join(process.env.TMPDIR ?? "/var/tmp", "tocsin-fleet-"));
  const start = () => startEmbedded(dataDir, { log: () => {}, settings: { max_connections: "200" } });
  let server = await start();
  const url = new URL("postgresql://localhost/tocsin");
  for (const name of ["host", "port", "user"] as const)
    url.searchParams.set(name, `${server.connection[name]}`);
  return {
    url: url.href,
    query: (text, values) => openQuery(server.connection)(text, values),
    async restart(downMs) {
      await server.stop();
      await sleep(downMs);
      server = await start();
    },
    async cut() {
      await openQuery(server.connection)(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tocsin'",
      );
    },
    async close() {
      await server.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}

/**
 * Debian's PostgreSQL, without fsync, behind PgBouncer, which gives each transaction one of three sessions. It can be
 * neither restarted nor cut off.
 */
export async function startPooledPostgres(): Promise<Postgres> {
  if (!hasDebianPostgres)
    throw new Error(
      "There is no PgBouncer with PostgreSQL 15: run test/debian-postgres.sh, which fetches Debian's.",
    );
  const { url: connectionString, pooledUrl, close } = await startDebianPostgres();
  const cannot = () => Promise.reject(new Error("This fault needs a database without PgBouncer."));
  return { url: pooledUrl, query: openQuery({ connectionString }), restart: cannot, cut: cannot, close };
}

/** A new embedded PostgreSQL on disk, as durable as in production. `close` deletes it. */
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
