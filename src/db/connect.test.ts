import { afterAll, beforeAll, expect, test } from "vitest";
import { cloneDatabase, type TestDatabase } from "../../test/database.ts";
import { openDatabase } from "./connect.ts";

let clone: TestDatabase;

beforeAll(async () => {
  clone = await cloneDatabase();
});

afterAll(() => clone.drop());

test("a connection that is lost is told of, and the next query has another", async () => {
  const told: string[] = [];
  const db = await openDatabase({ databaseUrl: clone.url, dataDir: "" }, { log: (line) => told.push(line) });
  const idle = await db.pool.connect();
  const { rows } = await idle.query("select pg_backend_pid() as pid");
  idle.release();
  const other = await openDatabase({ databaseUrl: clone.url, dataDir: "" }, { log: () => {} });
  await other.pool.query("select pg_terminate_backend($1)", [rows[0].pid]);
  await expect.poll(() => told).toEqual([expect.stringMatching(/^A database connection was lost: /)]);
  expect((await db.pool.query("select 1 as answer")).rows).toEqual([{ answer: 1 }]);
  await db.close();
  await other.close();
});

test("a connection that is lost between two statements of a transaction ends that, and nothing else", async () => {
  const db = await openDatabase({ databaseUrl: clone.url, dataDir: "" }, { log: () => {} });
  const used = await db.pool.connect();
  const { rows } = await used.query("begin; select pg_backend_pid() as pid").then((both) => Object(both)[1]);
  const gone = new Promise((resolve) => used.once("end", resolve));
  await db.pool.query("select pg_terminate_backend($1)", [rows[0].pid]);
  await gone;
  await expect(used.query("commit")).rejects.toThrow();
  used.release(true);
  expect((await db.pool.query("select 1 as answer")).rows).toEqual([{ answer: 1 }]);
  await db.close();
});

test("closing leaves no connection behind", async () => {
  const closed = await openDatabase({ databaseUrl: clone.url, dataDir: "" }, { log: () => {} });
  await closed.pool.query("select 1");
  await closed.close();
  const db = await openDatabase({ databaseUrl: clone.url, dataDir: "" }, { log: () => {} });
  const connected = "select count(*) as open from pg_stat_activity where datname = current_database()";
  await expect.poll(async () => (await db.pool.query(connected)).rows).toEqual([{ open: 1 }]);
  await db.close();
});
