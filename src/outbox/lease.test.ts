import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { openTestDatabase } from "../../test/database.ts";
import { usualPace } from "../pace.ts";
import { stillLeased } from "./lease.ts";

const id = "0b0c4f1e-6f6d-4a57-9a54-2a1c5a3f0001";
const { db } = await openTestDatabase();

beforeAll(async () => {
  // A card without its alert and destination, which a lease doesn't need.
  await db.pool.query(`
    begin;
    set local session_replication_role = replica;
    insert into cards (id, alert_id, destination_id, line, channel_id, ts, told_seq)
    values ('${id}', '${id}', '${id}', 'i:C1', 'C1', '1.2', 0);
    commit`);
});

/** Leases the card as a claim does, `seconds` from now, and returns the end of the lease. */
async function lease(seconds: number): Promise<string> {
  const { rows } = await sql<{ lease: string }>`
    update cards set leased_until = clock_timestamp() + make_interval(secs => ${seconds}) where id = ${id}
    returning leased_until::text as lease`.execute(db.kysely);
  return rows[0]?.lease ?? "";
}

const holds = (lease: string, secondsAgo: number) =>
  stillLeased({ db, pace: usualPace }, "cards", {
    id,
    lease,
    claimedAt: performance.now() - secondsAgo * 1000,
  });

test("a job that hung loses its card to a newer claim, which keeps it", async () => {
  const old = await lease(15);
  expect(await holds(old, usualPace.jobLease)).toBe(true);
  const newer = await lease(15);
  expect(await holds(old, usualPace.jobLease)).toBe(false);
  expect(await holds(newer, usualPace.jobLease)).toBe(true);
});

test("a job that hung loses its card once its lease has ended, even if nobody claimed it since", async () => {
  expect(await holds(await lease(-1), usualPace.jobLease)).toBe(false);
});

test("a card claimed a moment ago is held without a query", async () => {
  expect(await holds("another lease", 0)).toBe(true);
});
