import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "../src/db/embedded/start-embedded.ts";
import { migrate } from "../src/db/migrate.ts";
import { copyCluster, makeClusterTemplate } from "./cluster.ts";
import { shadowClock, shadowedPath } from "./database-clock.ts";
import { keepFirstRows } from "./empty-tables.ts";
import { removeAbandoned, temporaryFolder } from "./temporary-folder.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** How to connect to the test run's PostgreSQL. */
    postgres: { host: string; port: number; user: string; ssl: false };
    /** A folder with the files of a cluster that has never run; see `cluster.ts`. */
    cluster: string;
  }
}

/** No durability, since the data is deleted afterwards, and connections for four workers and their servers. */
const testSettings = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum: "off",
  // Otherwise each of hundreds of connections plans each statement five times.
  plan_cache_mode: "force_generic_plan",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_connections: "400",
};

/** Starts one PostgreSQL for the whole run, with a migrated database that `database.ts` clones. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeAbandoned();
  const folder = await temporaryFolder();
  const dataDir = join(folder, "data");
  const cluster = await makeClusterTemplate(folder);
  await copyCluster(dataDir, { template: cluster });
  const server = await startEmbedded(dataDir, { log: () => {}, settings: testSettings });
  const teardown = async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  };
  const { database: _, ...own } = server.connection;
  // The superuser, since the owner of one database can't make others.
  const address = { ...own, user: "tocsin" };
  await makeTemplate(address).catch(async (fault) => {
    await teardown();
    throw fault;
  });
  project.provide("postgres", address);
  project.provide("cluster", cluster);
  return teardown;
}

async function makeTemplate(address: pg.ClientConfig): Promise<void> {
  const admin = new pg.Client({ ...address, database: "tocsin" });
  await admin.connect();
  await admin.query("create database tocsin_template").finally(() => admin.end());
  const template = { ...address, database: "tocsin_template" };
  await shadowClock(template);
  const pool = new pg.Pool({ ...template, options: `-c search_path=${shadowedPath}` });
  const db = new Kysely<never>({ dialect: new PostgresDialect({ pool }) });
  try {
    await migrate(db);
    await pool.query(keepFirstRows);
  } finally {
    await db.destroy();
  }
}
