import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cloneDatabase, type TestDatabase } from "../../test/database.ts";
import { type Database, openDatabase } from "./connect.ts";

let clone: TestDatabase;
let db: Database;

beforeAll(async () => {
  clone = await cloneDatabase();
  db = await openDatabase({ databaseUrl: clone.url, dataDir: "" }, { log: () => {} });
  await sql`create type mood as enum ('calm', 'on fire')`.execute(db.kysely);
});

afterAll(async () => {
  await db.close();
  await clone.drop();
});

test.each([
  ["count(*)", 1],
  ["timestamptz '2026-03-01 12:00+01'", new Date("2026-03-01T11:00:00Z")],
  [`jsonb '{"a": [1, null]}'`, { a: [1, null] }],
  ["'on fire'::mood", "on fire"],
  ["array['on fire', 'calm']::mood[]", ["on fire", "calm"]],
  ["array[]::mood[]", []],
  ["null::mood[]", null],
])("%s comes back as %j", async (expression, value) => {
  const { rows } = await sql.raw(`select ${expression} as value`).execute(db.kysely);
  expect(rows).toEqual([{ value }]);
});

test("a number that JavaScript can't hold is a fault, not a rounded number", async () => {
  await expect(sql`select 9007199254740993::int8`.execute(db.kysely)).rejects.toThrow("too large");
});
