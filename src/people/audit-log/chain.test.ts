import { createHash } from "node:crypto";
import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { openTestDatabase } from "../../../test/database.ts";
import { emptyAuditLog } from "../../../test/empty-audit-log.ts";
import { audit, type Doer } from "./audit.ts";
import { canonicalJson } from "./canonical-json.ts";
import { chainEntries, linkHash } from "./chain.ts";
import { toJsonLine } from "./export-entries.ts";
import { findRows } from "./find-entries.ts";
import { removeOldEntries } from "./remove-old-entries.ts";
import { verifyChain } from "./verify-chain.ts";

const { db, moveClock } = await openTestDatabase();
const by: Doer = {
  actor: { type: "system", id: null, name: "Test" },
  ...{ via: "system", ip: null, agent: null, slack: null },
};

/** As the superuser, who can put triggers aside. */
const tamper = (statement: string) =>
  db.kysely.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql.raw(statement).execute(tx);
  });
const write = (number: number) =>
  audit(db.kysely, by, {
    action: "settings.changed",
    target: null,
    changes: { number: { from: null, to: number } },
  });
const verify = (expect?: string) => verifyChain(db.kysely, { expect: expect ?? null });
const idOf = async (seq: number) => {
  const { rows } = await sql<{
    id: string;
  }>`select entry_id as id from audit_chain where seq = ${seq}`.execute(db.kysely);
  return rows[0]?.id ?? "";
};

beforeEach(async () => {
  await moveClock(0);
  await emptyAuditLog(db.kysely);
  for (let number = 1; number <= 5; number++) await write(number);
});

test("canonical JSON is that of RFC 8785", () => {
  const value = {
    peach: 1e21,
    "€": "\u20ac\n\u000f",
    b: [1.0, -0, 1e-7, null, true],
    a: { z: {}, "": [] },
    "\ud83d\ude00": 1,
    "\ufb33": 2,
  };
  expect(canonicalJson(JSON.parse(JSON.stringify(value)))).toBe(
    '{"a":{"":[],"z":{}},"b":[1,0,1e-7,null,true],"peach":1e+21,"€":"€\\n\\u000f","😀":1,"\ufb33":2}',
  );
});

test("an entry's hash does not change with the version of Tocsin", () => {
  const record = {
    id: "0199f3c2-9000-7000-8000-00000000d001",
    at: "2026-03-01T14:02:10.123456Z",
    actor: { type: "user", id: "0199f3c2-9000-7000-8000-00000000d002", name: "Ada" },
    action: "user.changed",
    target: { type: "user", id: "0199f3c2-9000-7000-8000-00000000d003", name: "Grace" },
    outcome: "ok" as const,
    ...{ via: "console", ip: "192.0.2.7", agent: null, slack: null },
    changes: { role: { from: "Analyst", to: "Admin" } },
    data: {},
  };
  const text = `${"0".repeat(64)}\n{"action":"user.changed","actor":{"id":"0199f3c2-9000-7000-8000-00000000d002","name":"Ada","type":"user"},"agent":null,"at":"2026-03-01T14:02:10.123456Z","changes":{"role":{"from":"Analyst","to":"Admin"}},"data":{},"id":"0199f3c2-9000-7000-8000-00000000d001","ip":"192.0.2.7","outcome":"ok","slack":null,"target":{"id":"0199f3c2-9000-7000-8000-00000000d003","name":"Grace","type":"user"},"via":"console"}`;
  expect(linkHash("0".repeat(64), record)).toBe(createHash("sha256").update(text).digest("hex"));
});

test("anybody can compute the chain from an export of JSON Lines", async () => {
  await audit(db.kysely, by, {
    action: "settings.changed",
    target: null,
    changes: { odd: { from: { big: 1e21, small: 1e-7, third: 1 / 3 }, to: '\u2028 é \\ " \u0001' } },
    data: { zz: [1, { b: 1, a: 2 }], "": null },
  });
  await chainEntries(db);
  const rows = await findRows(db.kysely, {}, { count: 50, ascending: true });
  expect(rows).toHaveLength(6);
  const sorted = (value: unknown): unknown =>
    value && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([k, v]) => [k, sorted(v)]),
        )
      : Array.isArray(value)
        ? value.map(sorted)
        : value;
  let previous = "0".repeat(64);
  for (const line of rows.map(toJsonLine)) {
    const { sentence: _, chain, ...record } = JSON.parse(line);
    expect(chain.previous).toBe(previous);
    previous = createHash("sha256")
      .update(`${previous}\n${JSON.stringify(sorted(record))}`)
      .digest("hex");
    expect(chain.hash).toBe(previous);
  }
});

test("the database refuses to change, delete or truncate what was written", async () => {
  await chainEntries(db);
  const refused = "append-only";
  for (const statement of [
    "update audit_log set actor_name = 'x'",
    "delete from audit_log",
    "truncate audit_log",
    "update audit_chain set hash = ''",
    "delete from audit_chain",
    "truncate audit_chain",
    "truncate audit_unchained",
    "update audit_head set seq = 0",
    "delete from audit_head",
    "truncate audit_head",
  ])
    await expect(sql.raw(statement).execute(db.kysely), statement).rejects.toThrow(refused);
  await write(6);
  await expect(sql`delete from audit_unchained`.execute(db.kysely)).rejects.toThrow(refused);
  await expect(
    sql`update audit_head set removed_until = date_trunc('month', now(), 'UTC')`.execute(db.kysely),
  ).rejects.toThrow("after a year");
  await expect(
    sql`update audit_head set start_seq = 3, start_hash = (select hash from audit_chain where seq = 3)`.execute(
      db.kysely,
    ),
  ).rejects.toThrow("whole months");
});

test("a node that finds another chaining goes on with its work", async () => {
  await db.kysely.transaction().execute(async (tx) => {
    await tx.selectFrom("audit_head").select("seq").forUpdate().execute();
    await chainEntries(db);
  });
  const links = sql<{ count: number }>`select count(*)::int as count from audit_chain`;
  expect((await links.execute(db.kysely)).rows).toEqual([{ count: 0 }]);
  await chainEntries(db);
  expect((await links.execute(db.kysely)).rows).toEqual([{ count: 5 }]);
});

test("entries of many transactions are chained once, also by two nodes at once and in whatever order they commit", async () => {
  let commit = () => {};
  const held = new Promise<void>((resolve) => {
    commit = resolve;
  });
  let written = () => {};
  const isWritten = new Promise<void>((resolve) => {
    written = resolve;
  });
  const slow = db.kysely.transaction().execute(async (tx) => {
    await audit(tx, by, { action: "settings.changed", target: null, changes: null });
    written();
    await held;
  });
  await isWritten;
  await write(7);
  await chainEntries(db);
  expect(await verify()).toMatchObject({ count: 6, unchained: 0, fault: null });
  commit();
  await slow;
  expect(await verify()).toMatchObject({ count: 6, unchained: 1, fault: null });
  await Promise.all([chainEntries(db), chainEntries(db)]);
  await chainEntries(db);
  expect(await verify()).toMatchObject({ count: 7, unchained: 0, removed: 0, fault: null });
});

test.each<[string, string, object, string]>([
  ["a changed name", "update audit_log set actor_name = 'Mallory' where id = ID", { what: "changed" }, "#3"],
  [
    "a changed time",
    "update audit_log set at = at + interval '1 microsecond' where id = ID",
    { what: "changed" },
    "#3",
  ],
  [
    "a changed value",
    `update audit_log set changes = '{"number": {"from": null, "to": 4}}' where id = ID`,
    { what: "changed" },
    "#3",
  ],
  ["a removed entry", "delete from audit_log where id = ID", { what: "removed" }, "#3"],
  [
    "a removed entry with its link",
    "delete from audit_log where id = ID; delete from audit_chain where seq = 3",
    { what: "removed", entry: null },
    "between #2 and #4",
  ],
  [
    "an inserted entry",
    "insert into audit_log (id, actor_type, actor_name, action, outcome, via) values (gen_random_uuid(), 'system', 'x', 'x', 'ok', 'system')",
    { what: "inserted" },
    "not in the chain",
  ],
  [
    "a cut of the newest entries",
    "delete from audit_log where id in (select entry_id from audit_chain where seq > 3); delete from audit_chain where seq > 3",
    { what: "cut" },
    "ends at #3",
  ],
])("verify finds %s", async (_what, statement, fault, text) => {
  await chainEntries(db);
  const id = await idOf(3);
  await tamper(statement.replace("ID", `'${id}'`));
  const report = await verify();
  expect(report.fault).toMatchObject(fault);
  expect(report.fault?.text).toContain(text);
  if (report.fault?.what === "changed") expect(report.fault.entry).toBe(id);
});

test("verify compares the end of the chain with its head", async () => {
  await chainEntries(db);
  await tamper("update audit_head set hash = sha256('x')");
  expect((await verify()).fault).toMatchObject({
    what: "changed",
    text: expect.stringContaining("its head"),
  });
  await tamper(`update audit_head h set seq = c.seq, hash = c.hash from audit_chain c
    where c.seq = (select max(seq) - 1 from audit_chain)`);
  expect((await verify()).fault).toMatchObject({
    what: "inserted",
    text: expect.stringContaining("its head"),
  });
});

test("an entry that was removed before it was chained is noticed", async () => {
  await tamper("delete from audit_log");
  await chainEntries(db);
  expect((await verify()).fault).toMatchObject({
    what: "removed",
    text: expect.stringContaining("before it was chained"),
  });
});

test("a hash that was noted earlier shows that the whole chain was written again", async () => {
  await chainEntries(db);
  const noted = (await verify()).head.hash;
  await write(6);
  await chainEntries(db);
  expect((await verify(noted)).fault).toBeNull();
  await tamper(`update audit_log set actor_name = 'Mallory'; delete from audit_chain;
    insert into audit_unchained select at, id from audit_log on conflict do nothing;
    update audit_head set seq = 0, hash = decode(repeat('00', 32), 'hex')`);
  await chainEntries(db);
  expect((await verify()).fault).toBeNull();
  expect((await verify(noted)).fault).toMatchObject({ what: "not the chain that was noted" });
});

test("retention removes whole months from the beginning, and what is left can be verified", async () => {
  const entry = (at: string) =>
    sql`insert into audit_log (id, at, actor_type, actor_name, action, outcome, via)
      values (gen_random_uuid(), ${at}, 'system', 'Test', ${at}, 'ok', 'system')`.execute(db.kysely);
  await tamper("delete from audit_log; delete from audit_unchained");
  for (const at of ["2020-01-30", "2020-01-31", "2020-02-01", "2020-02-15"]) await entry(at);
  await chainEntries(db);
  await moveClock(Date.parse("2025-02-20") - Date.now());
  const remove = (most: number) => db.kysely.transaction().execute((tx) => removeOldEntries(tx, 5, most));
  expect(await remove(1)).toEqual({ deleted: 1 });
  expect(await remove(1)).toEqual({ deleted: 1 });
  expect(await remove(1)).toEqual({ deleted: 0 });
  expect(await verify()).toMatchObject({
    count: 2,
    removed: 2,
    fault: null,
    from: "2020-02-01T00:00:00.000000Z",
  });
  await entry("2025-02-20");
  await chainEntries(db);
  expect(await verify()).toMatchObject({ count: 3, fault: null });
  await expect(sql`delete from audit_log where action = '2020-02-01'`.execute(db.kysely)).rejects.toThrow(
    "append-only",
  );
  await moveClock(0);
});
