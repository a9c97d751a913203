import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cloneDatabase, type TestDatabase } from "../../test/database.ts";
import { type Database, openDatabase } from "./connect.ts";
import { migrate } from "./migrate.ts";

let clone: TestDatabase;

beforeAll(async () => {
  clone = await cloneDatabase();
});

afterAll(() => clone.drop());

test("a lost idle connection is logged, and the next query uses another one", async () => {
  const logged: string[] = [];
  const db = await openDatabase(
    { databaseUrl: clone.url, dataDir: "" },
    { log: (line) => logged.push(line) },
  );
  const idle = await db.pool.connect();
  const { rows } = await idle.query("select pg_backend_pid() as pid");
  idle.release();
  const other = await openDatabase({ databaseUrl: clone.url, dataDir: "" }, { log: () => {} });
  await other.pool.query("select pg_terminate_backend($1)", [rows[0].pid]);
  await expect.poll(() => logged).toEqual([expect.stringMatching(/^A database connection was lost: /)]);
  expect((await db.pool.query("select 1 as answer")).rows).toEqual([{ answer: 1 }]);
  await db.close();
  await other.close();
});

test("a connection lost inside a transaction ends only that transaction", async () => {
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

test("ordinary work ends after 30 s, waits 10 s for a lock, and loses an idle transaction", async () => {
  const db = await openDatabase({ databaseUrl: clone.url, dataDir: "" }, { log: () => {} });
  const limits = sql<{ limits: string[] }>`select array_agg(setting order by name) as limits from pg_settings
    where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout')`;
  const read = async () => (await limits.execute(db.kysely)).rows[0]?.limits;
  expect(await read()).toEqual(["60000", "10000", "30000"]);
  await migrate(db.kysely);
  expect(await read()).toEqual(["60000", "10000", "30000"]);
  await db.close();
});

test("close() closes every connection", async () => {
  const closed = await openDatabase({ databaseUrl: clone.url, dataDir: "" }, { log: () => {} });
  await closed.pool.query("select 1");
  await closed.close();
  const db = await openDatabase({ databaseUrl: clone.url, dataDir: "" }, { log: () => {} });
  const connected = "select count(*) as open from pg_stat_activity where datname = current_database()";
  await expect.poll(async () => (await db.pool.query(connected)).rows).toEqual([{ open: 1 }]);
  await db.close();
});

describe("values", () => {
  let db: Database;

  beforeAll(async () => {
    db = await openDatabase({ databaseUrl: clone.url, dataDir: "" }, { log: () => {} });
    await sql`create type mood as enum ('calm', 'on fire')`.execute(db.kysely);
  });

  afterAll(() => db.close());

  test.each([
    ["count(*)", 1],
    ["timestamptz '2026-03-01 12:00+01'", new Date("2026-03-01T11:00:00Z")],
    [`jsonb '{"a": [1, null]}'`, { a: [1, null] }],
    ["'on fire'::mood", "on fire"],
    ["array['on fire', 'calm']::mood[]", ["on fire", "calm"]],
    ["array[]::mood[]", []],
    ["null::mood[]", null],
  ])("%s is returned as %j", async (expression, value) => {
    const { rows } = await sql.raw(`select ${expression} as value`).execute(db.kysely);
    expect(rows).toEqual([{ value }]);
  });

  test("an int8 that is not a safe integer throws instead of being rounded", async () => {
    await expect(sql`select 9007199254740993::int8`.execute(db.kysely)).rejects.toThrow("too large");
  });
});
