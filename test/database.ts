import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, inject } from "vitest";
import { type Database, openDatabase } from "../src/db/connect.ts";
import { moveDatabaseClock, shadowedPath } from "./database-clock.ts";

/** A migrated, empty database for one test file. */
export interface TestDatabase {
  /** For `DATABASE_URL`, in this process or another. */
  url: string;
  /** Connection options for pg. */
  connection: pg.ClientConfig;
  /** Sets how far its clock is ahead of the machine's. */
  moveClock(aheadMs: number): Promise<void>;
  /** Drops the database and closes its open connections. */
  drop(): Promise<void>;
}

/**
 * A database of this test file's own, opened with few connections, which is closed and dropped after its tests. Call it
 * at the top of the file.
 */
export async function openTestDatabase(): Promise<Pick<TestDatabase, "moveClock"> & { db: Database }> {
  const clone = await cloneDatabase();
  const db = await openSmallPool(clone.url);
  afterAll(async () => {
    await db.close();
    await clone.drop();
  });
  return { db, moveClock: clone.moveClock };
}

/** PostgreSQL's object_in_use: it can't copy a template that has a connection, even one that copies it too. */
const templateInUse = "55006";

/** Clones the test run's template database in about 25 ms. Call it in `beforeAll`, and `drop` in `afterAll`. */
export async function cloneDatabase(): Promise<TestDatabase> {
  const address = inject("postgres");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await asAdmin(async (admin) => {
    await retryWhileInUse(() =>
      admin.query(`create database ${name} template tocsin_template strategy file_copy`),
    );
    await admin.query(`alter database ${name} set search_path = ${shadowedPath}`);
  });
  const url = new URL("postgresql://localhost");
  url.pathname = name;
  url.searchParams.set("host", address.host);
  url.searchParams.set("port", `${address.port}`);
  url.searchParams.set("user", address.user);
  return {
    url: url.href,
    connection: { ...address, database: name },
    moveClock: (aheadMs) => moveDatabaseClock({ ...address, database: name }, aheadMs),
    drop: () => asAdmin((admin) => admin.query(`drop database ${name} with (force)`)),
  };
}

async function asAdmin(act: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ ...inject("postgres"), database: "tocsin" });
  await admin.connect();
  try {
    await act(admin);
  } finally {
    await admin.end();
  }
}

async function retryWhileInUse(act: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await act();
      return;
    } catch (fault) {
      const inUse = fault instanceof pg.DatabaseError && fault.code === templateInUse;
      if (!inUse || attempt === 200) throw fault;
      await sleep(20);
    }
  }
}

/** Opens a database with few connections, for tests that do little at once. */
export function openSmallPool(databaseUrl: string): Promise<Database> {
  return openDatabase({ databaseUrl, dataDir: "" }, { log: () => {}, poolSize: 3 });
}
