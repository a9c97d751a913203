import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { openTestDatabase } from "../../../test/database.ts";
import type { IngestResult } from "../contract.ts";
import { openReceiptBook } from "./receipt-book.ts";

const { db } = await openTestDatabase();
const warnings: unknown[] = [];
/** It stands still, so that no rate allows more meanwhile. */
const now = new Date();

const book = openReceiptBook(db, {
  clock: () => now,
  log: { warn: (fields: unknown) => warnings.push(fields) },
});
afterAll(() => book.close());

const opened: IngestResult = { index: 0, outcome: "opened" };
const invalid: IngestResult = { index: 0, outcome: "invalid", field: "title", expected: "text" };
const odd: IngestResult = { ...opened, warnings: [{ field: "severity", expected: "a word" }] };

async function source(): Promise<string> {
  const id = randomUUID();
  await db.kysely.insertInto("sources").values({ id, kind: "native", name: id }).execute();
  return id;
}

const record = (sourceId: string, text: string, results: IngestResult[]) =>
  book.record({ sourceId, bytes: Buffer.from(text), contentType: null, results, unknownWords: [] });
const kept = async (id: string) =>
  (
    await db.kysely
      .selectFrom("source_bodies")
      .select("outcome")
      .where("source_id", "=", id)
      .orderBy("outcome")
      .execute()
  ).map(({ outcome }) => outcome);

test("a refused body is kept at once, of those that are taken the newest, and a repeat not at all", async () => {
  const id = await source();
  await record(id, "bad", [invalid]);
  expect(await kept(id)).toEqual(["refused"]);
  await record(id, "good", [opened]);
  await record(id, "better", [opened]);
  await record(id, "repeat", [{ ...opened, outcome: "duplicate" }, invalid]);
  await book.flush();
  expect(await kept(id)).toEqual(["refused", "taken"]);
  const { last_received_at } = await db.kysely
    .selectFrom("sources")
    .select("last_received_at")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  expect(last_received_at).not.toBeNull();
  const counted = await db.kysely
    .selectFrom("source_activity")
    .selectAll()
    .where("source_id", "=", id)
    .execute();
  expect(counted.reduce((sum, { taken }) => sum + taken, 0)).toBe(3);
  expect(counted.reduce((sum, { refused }) => sum + refused, 0)).toBe(1);
});

test("of a flood of bodies with warnings a hundred are kept, refused ones all", async () => {
  const id = await source();
  for (let n = 0; n < 130; n++) await record(id, `odd ${n}`, [odd]);
  expect((await kept(id)).length).toBeLessThan(130);
  for (let n = 0; n < 130; n++) await record(id, `bad ${n}`, [invalid]);
  expect((await kept(id)).filter((outcome) => outcome === "refused")).toHaveLength(130);
});

test("a body that can't be kept is logged by its source, and does not change the answer", async () => {
  const nowhere = randomUUID();
  await record(nowhere, "bad", [invalid]);
  expect(warnings).toContainEqual(expect.objectContaining({ source: nowhere }));
  expect(JSON.stringify(warnings)).not.toContain("bad");
});
