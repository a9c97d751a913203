import { spawn } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cloneDatabase, type TestDatabase } from "../../test/database.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { chainEntries } from "../people/audit-log/chain.ts";
import { verifyChain } from "../people/audit-log/verify-chain.ts";
import { type Database, openDatabase } from "./connect.ts";
import { listMigrations, migrate, runMigrations } from "./migrate.ts";

let clone: TestDatabase;
let db: Database;
let folder: string;

beforeAll(async () => {
  clone = await cloneDatabase();
  db = await openDatabase({ databaseUrl: clone.url, dataDir: "" }, { log: () => {} });
  folder = await temporaryFolder();
});

afterAll(async () => {
  await db.close();
  await clone.drop();
  await rm(folder, { recursive: true });
});

test("migrate() runs nothing on a migrated database", async () => {
  expect(await migrate(db.kysely)).toEqual([]);
});

test("exactly one of four nodes migrates when they start at once on an empty database", {
  timeout: 60_000,
}, async () => {
  await empty();
  const ran = await Promise.all([1, 2, 3, 4].map(startNode));
  expect(ran.filter((names) => names.length > 0)).toHaveLength(1);
  expect(await migrate(db.kysely)).toEqual([]);
});

test("a failing migration is named, and the whole batch is rolled back", async () => {
  await empty();
  const failing = await migrations("failing", {
    "0002_good": "create table good ()",
    "0003_bad": "select 1 / 0",
  });
  const fault = await migrate(db.kysely, failing).catch((caught: Error) => caught);
  expect(fault).toMatchObject({
    message: "The migration 0003_bad failed",
    cause: { message: "division by zero" },
  });
  const { rows } = await sql`select to_regclass('good') as good`.execute(db.kysely);
  expect(rows).toEqual([{ good: null }]);
});

test("migrate() refuses a database that a newer Tocsin has migrated", async () => {
  await empty();
  const newer = await migrations("newer", { "9999_future": "select 1" });
  await migrate(db.kysely, newer);
  await expect(migrate(db.kysely)).rejects.toThrow("newer than this Tocsin (it has 9999_future)");
});

test("a migration has no time limit, and neither has a node that waits for it", async () => {
  await empty();
  const check = `do $$ begin if current_setting('statement_timeout') || current_setting('lock_timeout') <> '00' then
    raise 'limited'; end if; end $$`;
  expect(await migrate(db.kysely, await migrations("long", { "0001_long": check }))).toEqual(["0001_long"]);
});

test("a migration lets a node finish that uses its tables, and then runs", async () => {
  await empty();
  const first = { "0001_tables": "create table one (n int); create table two (n int)" };
  await migrate(db.kysely, await migrations("used", first));
  const change = { ...first, "0002_change": "alter table one add m int; alter table two add m int" };
  const folder = await migrations("tables", change);
  const node = await db.pool.connect();
  await node.query("begin; insert into two values (1)");
  const migrating = migrate(db.kysely, folder);
  const waiting = "select from pg_locks where relation = 'two'::regclass and not granted";
  await expect.poll(async () => (await db.pool.query(waiting)).rows.length).toBe(1);
  await node.query("insert into one values (1)");
  await node.query("commit");
  node.release();
  expect(await migrating).toEqual(["0002_change"]);
  const { rows } = await db.pool.query("select one.n, two.m from one, two");
  expect(rows).toEqual([{ n: 1, m: null }]);
});

test("what is there when tables are divided by month stays as it is, also what a clock ahead of time wrote", async () => {
  await empty();
  const names = (await listMigrations()).filter((name) => name < "0077");
  await db.kysely.transaction().execute((tx) => runMigrations(tx, names));
  const rows = `
    insert into history (alert_id, seq, actor_type, actor_name, via, kind, data)
      select id, 1, 'source', 'Test', 'source', 'opened', '{}' from unnest(array[${ids}]) id;
    insert into alert_samples (alert_id, n, event) select id, 0, '{}' from unnest(array[${ids}]) id;
    insert into deliveries (id, alert_id, destination_id, line, severity, number, state)
      select id, id, id, 'l', 'HIGH', 1, 'sent' from unnest(array[${ids}]) id;
    insert into delivery_attempts (id, delivery_id, outcome, channel_id)
      select gen_random_uuid(), id, 'sent', 'C1' from unnest(array[${ids}]) id;
    insert into audit_log (id, at, actor_type, actor_name, action, outcome, via)
      select gen_random_uuid(), at, 'system', 'Tocsin', 'x', 'ok', 'system'
      from unnest(array[now() - interval '1 year', now(), now() + interval '1 year']) at`;
  await db.pool.query(rows);
  await chainEntries(db);
  expect(await migrate(db.kysely)).toContain("0077_months");
  for (const table of ["history", "alert_samples", "delivery_attempts", "audit_log"]) {
    const { rows: places } = await db.pool.query(
      `select tableoid::regclass::text as name, count(*)::int from ${table} group by 1 order by 1`,
    );
    expect(places).toEqual([
      { name: `${table}_before`, count: 2 },
      { name: `${table}_default`, count: 1 },
    ]);
  }
  expect(await verifyChain(db.kysely)).toMatchObject({ count: 3, unchained: 0, fault: null });
  await expect(
    db.pool.query("insert into delivery_attempts select * from delivery_attempts"),
  ).rejects.toThrow("duplicate key");
});
/** An id of long ago, one of now and one of far ahead. */
const ids = ["01800000-0000-7000-8000-000000000000", uuidv7(), "ff000000-0000-4000-8000-000000000000"]
  .map((id) => `'${id}'::uuid`)
  .join(", ");

async function empty(): Promise<void> {
  await sql`drop schema public cascade`.execute(db.kysely);
  await sql`create schema public`.execute(db.kysely);
}

/** The start of a node, run in its own process; prints the migrations that it ran. */
const node = `
  import { openDatabase } from "./src/db/connect.ts";
  import { migrate } from "./src/db/migrate.ts";
  const db = await openDatabase({ databaseUrl: process.argv[1], dataDir: "" }, { log: console.error });
  console.log(JSON.stringify(await migrate(db.kysely)));
  await db.close();
`;

async function startNode(): Promise<string[]> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", node, clone.url], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(await text(child.stdout));
}

/**
 * Creates a folder of migrations with one statement each. They are outside the checkout and can't import
 * anything.
 */
async function migrations(name: string, statements: Record<string, string>): Promise<string> {
  const path = join(folder, name);
  await mkdir(path);
  for (const [migration, statement] of Object.entries(statements)) {
    const compiled = `{ sql: ${JSON.stringify(statement)}, parameters: [], query: { kind: "RawNode" }, queryId: {} }`;
    await writeFile(
      join(path, `${migration}.ts`),
      `export const up = (db) => db.executeQuery(${compiled});\n`,
    );
  }
  return path;
}
