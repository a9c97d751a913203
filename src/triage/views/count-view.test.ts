import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { openTestDatabase } from "../../../test/database.ts";
import { countView } from "./count-view.ts";

const { db } = await openTestDatabase();
const at = { me: randomUUID(), now: new Date() };

test("a view whose count takes too long has none, and others wait no longer for it", async () => {
  expect(await countView(db, { status: "OPEN" }, at)).toEqual({ count: 0, more: false });
  await db.kysely.transaction().execute(async (tx) => {
    // Longer than any count may take.
    await sql`lock table alerts in access exclusive mode`.execute(tx);
    expect(await countView(db, { status: "OPEN" }, at)).toEqual({ count: null, more: false });
  });
});

test("a view with a filter of another version has no count", async () => {
  expect(await countView(db, { status: "SLEEPING" }, at)).toEqual({ count: null, more: false });
});
