import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cloneDatabase, type TestDatabase } from "../../test/database.ts";
import { type Database, openDatabase } from "../db/connect.ts";
import { usualPace } from "../pace.ts";
import { stillOurs } from "./lines.ts";

const [me, another] = ["0b0c4f1e-6f6d-4a57-9a54-2a1c5a3f0001", "0b0c4f1e-6f6d-4a57-9a54-2a1c5a3f0002"];
let clone: TestDatabase;
let db: Database;

beforeAll(async () => {
  clone = await cloneDatabase();
  db = await openDatabase({ databaseUrl: clone.url, dataDir: "" }, { log: () => {} });
  await sql`
    insert into lines (key, installation_id, channel_id, leased_until, leased_by) values
      ('ended', ${me}, 'C1', now() - interval '1 second', ${me}),
      ('taken', ${me}, 'C2', now() + interval '1 second', ${another})`.execute(db.kysely);
});

afterAll(async () => {
  await db.close();
  await clone.drop();
});

const claimed = (key: string, secondsAgo: number) => ({
  key,
  claimedAt: performance.now() - secondsAgo * 1000,
});

test("a line that was claimed a moment ago is ours, and nobody is asked", async () => {
  expect(await stillOurs({ db, me, pace: usualPace }, claimed("taken", 0))).toBe(true);
});

test("whoever hung has lost the line to another", async () => {
  expect(await stillOurs({ db, me, pace: usualPace }, claimed("taken", usualPace.lineLease))).toBe(false);
});

test("a lease that ended before anybody wanted the line goes on", async () => {
  expect(await stillOurs({ db, me, pace: usualPace }, claimed("ended", usualPace.lineLease))).toBe(true);
  const { rows } = await sql`select leased_until > now() as leased from lines where key = 'ended'`.execute(
    db.kysely,
  );
  expect(rows).toEqual([{ leased: true }]);
});
