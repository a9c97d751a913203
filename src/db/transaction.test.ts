import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { openTestDatabase } from "../../test/database.ts";
import { transaction } from "./transaction.ts";

const { db } = await openTestDatabase();

beforeAll(async () => {
  await sql`create table counters (id int primary key, value int8 not null)`.execute(db.kysely);
  await sql`insert into counters values (1, 0), (2, 0)`.execute(db.kysely);
});

test("two transactions that deadlock both succeed after a retry", async () => {
  let runs = 0;
  const both = Promise.withResolvers<void>();
  const raise = (first: number, second: number) =>
    transaction(db, async (tx) => {
      await sql`update counters set value = value + 1 where id = ${first}`.execute(tx);
      if (++runs === 2) both.resolve();
      await both.promise;
      await sql`update counters set value = value + 1 where id = ${second}`.execute(tx);
    });
  await Promise.all([raise(1, 2), raise(2, 1)]);
  // Two runs that deadlock and at least one retry; on a busy machine they may deadlock more than once.
  expect(runs).toBeGreaterThanOrEqual(3);
  expect(await values()).toEqual([2, 2]);
});

test("afterCommit callbacks run after the commit, and not after a rollback", async () => {
  const called: string[] = [];
  await transaction(db, async (_tx, afterCommit) => {
    afterCommit(() => called.push("committed"));
    expect(called).toEqual([]);
  });
  const failing = transaction(db, async (_tx, afterCommit) => {
    afterCommit(() => called.push("rolled back"));
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(called).toEqual(["committed"]);
});

async function values(): Promise<number[]> {
  const { rows } = await sql<{ value: number }>`select value from counters order by id`.execute(db.kysely);
  return rows.map((row) => row.value);
}
