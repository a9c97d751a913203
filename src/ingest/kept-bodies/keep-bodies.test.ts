import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { openTestDatabase } from "../../../test/database.ts";
import type { BodyOutcome } from "../../alert/report.ts";
import type { IngestResult } from "../contract.ts";
import { keepBodies, toRow, trimBodies } from "./keep-bodies.ts";
import { readBodies, readBody } from "./read-bodies.ts";

const { db } = await openTestDatabase();
const now = new Date();
const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];

beforeAll(async () => {
  const sources = [first, second, third, ...others].map((id) => ({ id, kind: "native", name: id }));
  await db.kysely.insertInto("sources").values(sources).execute();
});
beforeEach(() => db.kysely.deleteFrom("source_bodies").execute());
const others = Array.from({ length: 4 }, () => randomUUID());

const refused: IngestResult = { index: 0, outcome: "invalid", field: "title", expected: "text" };
const taken: IngestResult = { index: 0, outcome: "opened", alertId: randomUUID(), number: 1 };

/** A row that counts as `size` bytes, received `age` seconds ago. */
async function row(
  sourceId: string,
  name: string,
  { outcome = "refused" as BodyOutcome, size = 300, age = 0 } = {},
) {
  const results = [outcome === "taken" ? taken : refused];
  const receipt = { sourceId, bytes: Buffer.from(name), contentType: null, results, unknownWords: [] };
  return { ...(await toRow(receipt, new Date(now.getTime() - age * 1000))), size };
}

async function names(): Promise<string[]> {
  const rows = await db.kysely
    .selectFrom("source_bodies")
    .select(["id", "source_id"])
    .orderBy("first_at")
    .execute();
  const bodies = rows.map(({ id, source_id }) => readBody(db.kysely, { sourceId: source_id, id }));
  return (await Promise.all(bodies)).map((body) => String(body?.raw));
}

test("a body that comes again is one row, which says what became of it last", async () => {
  const again = { ...(await row(first, "a", { outcome: "taken" })), times: 1 };
  await keepBodies(db, [
    await row(first, "a", { age: 60 }),
    await row(second, "a"),
    await row(first, "a", { age: 30 }),
  ]);
  await keepBodies(db, [again]);
  const [kept] = await readBodies(db.kysely, { sourceId: first, reports: undefined, after: null, limit: 5 });
  expect(kept).toMatchObject({ times: 3, outcome: "taken", outcomes: "t", lastAt: now });
  expect(await names()).toEqual(["a", "a"]);
});

test("a source that sends too much loses its own oldest bodies, and no other's", async () => {
  const mb = 1_000_000;
  await keepBodies(db, [
    await row(second, "of another", { age: 900, size: 15 * mb }),
    await row(first, "oldest", { age: 300, size: 8 * mb }),
    await row(first, "taken", { age: 200, size: 8 * mb, outcome: "taken" }),
    await row(first, "newer", { age: 100, size: 8 * mb }),
    await row(first, "newest", { size: 8 * mb }),
  ]);
  await trimBodies(db);
  expect(await names()).toEqual(["of another", "newer", "newest"]);
});

test("of all sources together the oldest bodies go, those that were taken before the others", async () => {
  const size = 17_000_000;
  const [one = "", two = "", three = "", four = ""] = others;
  await keepBodies(db, [
    await row(first, "oldest", { age: 600, size }),
    await row(second, "older", { age: 500, size }),
    await row(third, "taken", { size, outcome: "taken" }),
    await row(one, "a", { age: 4, size }),
    await row(two, "b", { age: 3, size }),
    await row(three, "c", { age: 2, size }),
    await row(four, "d", { age: 1, size }),
  ]);
  await trimBodies(db);
  expect(await names()).toEqual(["older", "a", "b", "c", "d"]);
});

test("the newest fifty of the bodies that were taken stay", async () => {
  const rows = Array.from({ length: 53 }, (_, n) => row(first, `${n}`, { outcome: "taken", age: 60 - n }));
  await keepBodies(db, await Promise.all([...rows, row(first, "refused", { age: 999 })]));
  await trimBodies(db);
  const kept = await names();
  expect(kept).toHaveLength(51);
  expect(kept.slice(0, 2)).toEqual(["refused", "3"]);
});

test("a body too large for one that was taken is listed without its text", async () => {
  const large = Buffer.alloc(1_048_577, "a");
  const receipt = { sourceId: first, bytes: large, contentType: null, unknownWords: [] };
  expect(await toRow({ ...receipt, results: [taken] }, now)).toMatchObject({
    body: null,
    bytes: large.length,
  });
  expect((await toRow({ ...receipt, results: [refused] }, now)).body?.length).toBeGreaterThan(0);
});
