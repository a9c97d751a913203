import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cloneDatabase, type TestDatabase } from "../../test/database.ts";
import { type Database, openDatabase } from "../db/connect.ts";
import { usualPace } from "../pace.ts";
import { stillHoldsLine } from "./lines.ts";

const [me, other] = ["0b0c4f1e-6f6d-4a57-9a54-2a1c5a3f0001", "0b0c4f1e-6f6d-4a57-9a54-2a1c5a3f0002"];
let clone: TestDatabase;
let db: Database;

beforeAll(async () => {
  clone = await cloneDatabase();
  db = await openDatabase({ databaseUrl: clone.url, dataDir: "" }, { log: () => {} });
  await sql`
    insert into lines (key, installation_id, channel_id, leased_until, leased_by) values
      ('ended', ${me}, 'C1', now() - interval '1 second', ${me}),
      ('taken', ${me}, 'C2', now() + interval '1 second', ${other})`.execute(db.kysely);
});

afterAll(async () => {
  await db.close();
  await clone.drop();
});

const claimed = (key: string, secondsAgo: number) => ({
  key,
  claimedAt: performance.now() - secondsAgo * 1000,
});

test("a line claimed a moment ago is held without a query", async () => {
  expect(await stillHoldsLine({ db, me, pace: usualPace }, claimed("taken", 0))).toBe(true);
});

test("a worker that hung has lost its line to another one", async () => {
  expect(await stillHoldsLine({ db, me, pace: usualPace }, claimed("taken", usualPace.lineLease))).toBe(
    false,
  );
});

test("an expired lease is renewed if no other worker has claimed the line", async () => {
  expect(await stillHoldsLine({ db, me, pace: usualPace }, claimed("ended", usualPace.lineLease))).toBe(true);
  const { rows } = await sql`select leased_until > now() as leased from lines where key = 'ended'`.execute(
    db.kysely,
  );
  expect(rows).toEqual([{ leased: true }]);
});
