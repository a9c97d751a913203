import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type Database, openDatabase } from "../../src/db/connect.ts";
import { startEmbedded } from "../../src/db/embedded/start-embedded.ts";
import { migrate } from "../../src/db/migrate.ts";

/** A PostgreSQL that several nodes share, as durable as in production. It can be restarted and cut off. */
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

export async function startPostgres(): Promise<Postgres> {
  const dataDir = await mkdtemp(join(process.env.TMPDIR ?? "/var/tmp", "tocsin-fleet-"));
  const start = () => startEmbedded(dataDir, { log: () => {}, settings: { max_connections: "200" } });
  let server = await start();
  const url = new URL("postgresql://localhost/tocsin");
  for (const name of ["host", "port", "user"] as const)
    url.searchParams.set(name, `${server.connection[name]}`);
  const query = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) => {
    const client = new pg.Client({ ...server.connection, application_name: "bench" });
    await client.connect();
    const { rows } = await client.query<Row>(text, values).finally(() => client.end());
    return rows;
  };
  return {
    url: url.href,
    query,
    async restart(downMs) {
      await server.stop();
      await sleep(downMs);
      server = await start();
    },
    async cut() {
      await query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tocsin'");
    },
    async close() {
      await server.stop();
      await rm(dataDir, { recursive: true });
    },
  };
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
