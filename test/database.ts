import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { inject } from "vitest";
import { type Database, openDatabase } from "../src/db/connect.ts";
import { moveDatabaseClock, shadowedPath } from "./database-clock.ts";

/** A migrated, empty database of one's own. */
export interface TestDatabase {
  /** For `DATABASE_URL`, in this process or another. */
  url: string;
  /** For a client or pool of pg. */
  connection: pg.ClientConfig;
  /** Sets how far its clock is ahead of the machine's. */
  moveClock(aheadMs: number): Promise<void>;
  /** Throws it away, whoever is still connected. */
  drop(): Promise<void>;
}

/** PostgreSQL's object_in_use: it can't copy a template while somebody is connected to it, a copier included. */
const templateInUse = "55006";

/** Clones the template database of the test run, in about 25 ms. Call it in `beforeAll`, and `drop` after. */
export async function cloneDatabase(): Promise<TestDatabase> {
  const address = inject("postgres");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await asAdmin(`create database ${name} template tocsin_template strategy file_copy`);
  await asAdmin(`alter database ${name} set search_path = ${shadowedPath}`);
  const url = new URL("postgresql://localhost");
  url.pathname = name;
  url.searchParams.set("host", address.host);
  url.searchParams.set("port", `${address.port}`);
  url.searchParams.set("user", address.user);
  return {
    url: url.href,
    connection: { ...address, database: name },
    moveClock: (aheadMs) => moveDatabaseClock({ ...address, database: name }, aheadMs),
    drop: () => asAdmin(`drop database ${name} with (force)`),
  };
}

async function asAdmin(statement: string): Promise<void> {
  const admin = new pg.Client({ ...inject("postgres"), database: "tocsin" });
  await admin.connect();
  try {
    await withPatience(() => admin.query(statement));
  } finally {
    await admin.end();
  }
}

async function withPatience(act: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await act();
      return;
    } catch (fault) {
      const busy = fault instanceof pg.DatabaseError && fault.code === templateInUse;
      if (!busy || attempt === 200) throw fault;
      await sleep(20);
    }
  }
}

/**
 * Opens a story's database with connections enough for two people and the workers. In a new database each of them
 * has to read the catalogues for itself, which takes longer than all that a story then asks of it.
 */
export function openSmallPool(databaseUrl: string): Promise<Database> {
  return openDatabase({ databaseUrl, dataDir: "" }, { log: () => {}, poolSize: 8 });
}
