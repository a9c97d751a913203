import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "../src/db/embedded/start-embedded.ts";
import { migrate } from "../src/db/migrate.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** How to connect to the test run's PostgreSQL. */
    postgres: { host: string; port: number; user: string; ssl: false };
  }
}

/** What a database that is thrown away need not do, and room for the pools of two workers and their servers. */
const throwaway = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum: "off",
  max_connections: "200",
};
const prefix = "tocsin-test-";

/** Starts one PostgreSQL for the whole run, with a migrated database to clone: see `database.ts`. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const root = await memoryFolder();
  await removeAbandoned(root);
  const dataDir = await mkdtemp(join(root, `${prefix}${process.pid}-`));
  await chmod(dataDir, 0o755);
  const server = await startEmbedded(dataDir, { log: () => {}, settings: throwaway });
  const teardown = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true });
  };
  const { database: _, ...address } = server.connection;
  await makeTemplate(address).catch(async (fault) => {
    await teardown();
    throw fault;
  });
  project.provide("postgres", address);
  return teardown;
}

async function makeTemplate(address: pg.ClientConfig): Promise<void> {
  const admin = new pg.Client({ ...address, database: "tocsin" });
  await admin.connect();
  await admin.query("create database tocsin_template").finally(() => admin.end());
  const pool = new pg.Pool({ ...address, database: "tocsin_template" });
  const db = new Kysely<never>({ dialect: new PostgresDialect({ pool }) });
  await migrate(db).finally(() => db.destroy());
}

async function memoryFolder(): Promise<string> {
  return readdir("/dev/shm").then(
    () => "/dev/shm",
    () => tmpdir(),
  );
}

/** A run that was killed could not tidy up; its folder is named after it. */
async function removeAbandoned(root: string): Promise<void> {
  const alive = new Set(await readdir("/proc"));
  for (const folder of await readdir(root)) {
    const pid = folder.startsWith(prefix) && folder.slice(prefix.length).split("-")[0];
    if (pid && !alive.has(pid)) await rm(join(root, folder), { recursive: true, force: true });
  }
}
