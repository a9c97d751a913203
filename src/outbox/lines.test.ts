import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { openTestDatabase } from "../../test/database.ts";
import { transaction } from "../db/transaction.ts";
import { usualPace } from "../pace.ts";
import { deleteIdleLines, type LineOutcome, releaseLine, renewLeases, stillHoldsLine } from "./lines.ts";

const [me, other] = ["0b0c4f1e-6f6d-4a57-9a54-2a1c5a3f0001", "0b0c4f1e-6f6d-4a57-9a54-2a1c5a3f0002"];
const { db } = await openTestDatabase();

beforeAll(async () => {
  await sql`
    insert into lines (key, installation_id, channel_id, leased_until, leased_by) values
      ('ended', ${me}, 'C1', now() - interval '1 second', ${me}),
      ('taken', ${me}, 'C2', now() + interval '1 second', ${other})`.execute(db.kysely);
});

const claimed = (key: string, secondsAgo: number) => ({
  key,
  lease: me ?? "",
  claimedAt: performance.now() - secondsAgo * 1000,
});

test("a line claimed a moment ago is held without a query", async () => {
  expect(await stillHoldsLine({ db, pace: usualPace }, claimed("taken", 0))).toBe(true);
});

test("a job that hung has lost its line to another claim", async () => {
  expect(await stillHoldsLine({ db, pace: usualPace }, claimed("taken", usualPace.lineLease))).toBe(false);
});

test("an expired lease is renewed if nobody else has claimed the line", async () => {
  expect(await stillHoldsLine({ db, pace: usualPace }, claimed("ended", usualPace.lineLease))).toBe(true);
  const { rows } = await sql`select leased_until > now() as leased from lines where key = 'ended'`.execute(
    db.kysely,
  );
  expect(rows).toEqual([{ leased: true }]);
});

test("a claim whose lease has ended neither releases nor renews a newer claim of its own process", async () => {
  const old = { key: "taken", lease: me ?? "", repairs: 0, fault: null };
  await transaction(db, (tx) => releaseLine(tx, { pace: usualPace }, old, { kind: "used" }));
  await renewLeases(db.kysely, [old.lease], 60);
  const { rows } = await sql<{ leased_by: string; seconds: number }>`
    select leased_by, extract(epoch from leased_until - now())::float8 as seconds from lines where key = 'taken'`.execute(
    db.kysely,
  );
  expect(rows[0]?.leased_by).toBe(other);
  expect(rows[0]?.seconds).toBeLessThan(30);
});

test("a claim renews its own leases", async () => {
  await renewLeases(db.kysely, [me ?? ""], 60);
  const { rows } = await sql`select leased_until > now() + interval '50 seconds' as renewed from lines
    where key = 'ended'`.execute(db.kysely);
  expect(rows).toEqual([{ renewed: true }]);
});

test("a person's line is deleted once nothing waits in it and it has rested", async () => {
  await sql`
    insert into lines (key, installation_id, channel_id, of_person, open_at) values
      ('resting', ${me}, 'U1', true, now() + interval '1 second'), ('rested', ${me}, 'U2', true, now()),
      ('of a channel', ${me}, 'C3', false, now())`.execute(db.kysely);
  await transaction(db, deleteIdleLines);
  const { rows } = await sql<{
    key: string;
  }>`select key from lines where key = any(${["resting", "rested", "of a channel"]})
    order by key`.execute(db.kysely);
  expect(rows.map(({ key }) => key)).toEqual(["of a channel", "resting"]);
});

const held = (fault: string) => ({ kind: "held", fault, seconds: 15 }) as const;

/** Releases a line with this fault, claimed when it had been judged `repairs` times, now twice, and had the fault `met`. */
async function release(fault: string | null, end: LineOutcome, repairs = 2, met: string | null = null) {
  const key = randomUUID();
  await sql`insert into lines (key, installation_id, channel_id, leased_until, leased_by, repairs, fault, fault_since)
    values (${key}, ${me}, ${key}, now() + interval '1 minute', ${me}, 2, ${fault}::text,
      case when ${fault}::text is null then null else now() end)`.execute(db.kysely);
  await transaction(db, (tx) =>
    releaseLine(tx, { pace: usualPace }, { key, lease: me ?? "", repairs, fault: met }, end),
  );
  const { rows } = await sql`
    select fault, repairs, open_at <= now() as open from lines where key = ${key}`.execute(db.kysely);
  return rows[0];
}

test("a fault from before a repair of the line doesn't hold it again", async () => {
  expect(await release(null, held("is_archived"), 1)).toEqual({ fault: null, repairs: 2, open: true });
});

test("a post that was accepted before the line broke doesn't end the fault", async () => {
  expect(await release("is_archived", { kind: "used" }, 1)).toMatchObject({
    fault: "is_archived",
    repairs: 2,
  });
  expect(await release("is_archived", { kind: "used" })).toMatchObject({ fault: null, repairs: 3 });
});

test("a post that was accepted ends the fault that its claim met, although others opened the line meanwhile", async () => {
  expect(await release("restricted_action", { kind: "used" }, 1, "restricted_action")).toMatchObject({
    fault: null,
    repairs: 3,
  });
  expect(await release("is_archived", { kind: "used" }, 1, "restricted_action")).toMatchObject({
    fault: "is_archived",
  });
});

test.each([
  { kind: "limited", seconds: 1 },
  { kind: "failing", seconds: 1 },
] as const)("$kind says nothing about a fault of the setup", async (end) => {
  expect(await release("is_archived", end)).toMatchObject({ fault: "is_archived", repairs: 2 });
});
