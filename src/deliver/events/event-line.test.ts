import { sql } from "kysely";
import { expect, test } from "vitest";
import { openTestDatabase } from "../../../test/database.ts";
import { transaction } from "../../db/transaction.ts";
import { recordLineFault } from "./event-line.ts";

const { db } = await openTestDatabase();

/** A line that is tried again in five minutes, after a test with this outcome. */
async function afterTest(before: string | null, found: string | null) {
  await sql`delete from lines`.execute(db.kysely);
  await sql`
    insert into lines (key, destination_type, fault, fault_since, open_at, faults_in_a_row)
    values ('webhook:1', 'custom-webhook', ${before}, case when ${before}::text is null then null else now() end,
      now() + interval '5 minutes', 3)`.execute(db.kysely);
  await transaction(db, (tx) => recordLineFault(tx, "webhook:1", found));
  const { rows } = await sql`
    select fault, fault_since is not null as "isHeld", open_at <= now() as "isOpen", faults_in_a_row as faults, repairs
    from lines`.execute(db.kysely);
  return rows[0];
}

test("a test that is accepted opens the line at once, and one that is not holds it", async () => {
  const open = { fault: null, isHeld: false, isOpen: true, faults: 0, repairs: 1 };
  expect(await afterTest("http_404", null)).toEqual(open);
  const held = { fault: "http_404", isHeld: true, isOpen: false, faults: 0, repairs: 1 };
  expect(await afterTest("http_500", "http_404")).toEqual(held);
  // Nothing is new, so the line keeps its own pace.
  const same = { fault: "http_404", isHeld: true, isOpen: false, faults: 3, repairs: 0 };
  expect(await afterTest("http_404", "http_404")).toEqual(same);
});
