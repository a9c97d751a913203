import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { beforeEach, expect, test } from "vitest";
import { openTestDatabase } from "../../test/database.ts";
import { emptyAuditLog } from "../../test/empty-audit-log.ts";
import { keepMonths } from "./months.ts";

const { db, moveClock } = await openTestDatabase();
const day = 24 * 3_600_000;

/** When the migration's partition ends: with the month after the one of the migration. */
const { rows } = await sql<{
  end: Date;
}>`select substring(pg_get_expr(relpartbound, oid) from 'TO \\(''(.*)''\\)')::timestamptz
  as "end" from pg_class where relname = 'audit_log_before'`.execute(db.kysely);
const firstEnd = rows[0]?.end ?? new Date();

/** The beginning of the month that is so many months after the one of the migration. */
const month = (after: number) => Date.UTC(firstEnd.getUTCFullYear(), firstEnd.getUTCMonth() - 2 + after);
const nameOf = (table: string, after: number) =>
  `${table}_${new Date(month(after)).toISOString().slice(0, 7).replace("-", "_")}`;
const moveTo = (time: number) => moveClock(time - Date.now());

beforeEach(() => moveTo(month(0) + day));

const partitions = async (table: string) =>
  (
    await sql<{
      name: string;
    }>`select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = ${table}::regclass order by 1`.execute(db.kysely)
  ).rows.map(({ name }) => name);

/** An alert's first entry and sample, an attempt of a delivery and an entry of the audit log, of this time. */
async function write(time: number) {
  const [id, delivery] = [uuidv7({ msecs: time }), uuidv7({ msecs: time })];
  await sql`insert into history (alert_id, seq, at, actor_type, actor_name, via, kind, data)
    values (${id}, 1, to_timestamp(${time / 1000}), 'source', 'Test', 'source', 'opened', '{}')`.execute(
    db.kysely,
  );
  await sql`insert into alert_samples (alert_id, n, event) values (${id}, 0, '{}')`.execute(db.kysely);
  await sql`insert into deliveries (id, alert_id, destination_id, line, severity, number, state)
    values (${delivery}, ${id}, ${id}, 'l', 'HIGH', 1, 'sent')`.execute(db.kysely);
  await sql`insert into delivery_attempts (id, delivery_id, outcome, channel_id)
    values (${uuidv7()}, ${delivery}, 'sent', 'C1')`.execute(db.kysely);
  await sql`insert into audit_log (id, at, actor_type, actor_name, action, outcome, via)
    values (${uuidv7()}, to_timestamp(${time / 1000}), 'system', 'Tocsin', 'x', 'ok', 'system')`.execute(
    db.kysely,
  );
}
const tables = ["history", "alert_samples", "delivery_attempts", "audit_log"];

async function empty() {
  await emptyAuditLog(db.kysely);
  await sql`delete from history; delete from alert_samples; delete from delivery_attempts; delete from deliveries`.execute(
    db.kysely,
  );
}

/** In which partitions a table has rows. */
const filled = async (table: string) =>
  (
    await sql<{ name: string }>`select distinct tableoid::regclass::text as name
      from ${sql.table(table)} order by 1`.execute(db.kysely)
  ).rows.map(({ name }) => name);

test("rows go into the partition of their month, and three more months are ready", async () => {
  await keepMonths(db);
  for (const table of tables)
    expect(await partitions(table)).toEqual(
      [nameOf(table, 2), nameOf(table, 3), `${table}_before`, `${table}_default`].toSorted(),
    );
  await keepMonths(db);
  for (const time of [month(2) - 1, month(2), month(3) - 1, month(3), month(4)]) await write(time);
  for (const table of tables)
    expect(await filled(table)).toEqual(
      [nameOf(table, 2), nameOf(table, 3), `${table}_before`, `${table}_default`].toSorted(),
    );
});

test("a past month is dropped once it is empty, and no other", async () => {
  await empty();
  await write(month(2));
  await moveTo(month(2) + day);
  await keepMonths(db);
  for (const table of tables) {
    expect(await partitions(table)).not.toContain(`${table}_before`);
    expect(await filled(table)).toEqual([nameOf(table, 2)]);
  }
  await moveTo(month(3) + day);
  await keepMonths(db);
  for (const table of tables) expect(await partitions(table)).toContain(nameOf(table, 2));
  await empty();
  await keepMonths(db);
  for (const table of tables) {
    expect(await partitions(table)).not.toContain(nameOf(table, 2));
    expect(await partitions(table)).toContain(nameOf(table, 3));
  }
});

test("rows of a month that nobody prepared stay where they are, and the months after it get partitions", async () => {
  await write(month(20));
  await moveTo(month(20) + day);
  await keepMonths(db);
  for (const table of tables) {
    expect(await filled(table)).toEqual([`${table}_default`]);
    expect(await partitions(table)).not.toContain(nameOf(table, 20));
    expect(await partitions(table)).toContain(nameOf(table, 21));
  }
});

test("a table in use waits for the next night, and the others don't wait for it", async () => {
  await empty();
  const reader = await db.pool.connect();
  await reader.query("begin; select from history");
  await moveTo(month(30));
  await keepMonths(db);
  expect(await partitions("history")).not.toContain(nameOf("history", 32));
  expect(await partitions("alert_samples")).toContain(nameOf("alert_samples", 32));
  await reader.query("commit");
  reader.release();
  await keepMonths(db);
  expect(await partitions("history")).toContain(nameOf("history", 32));
});

test("no partition of the audit log can be changed or emptied", async () => {
  await write(month(31));
  for (const partition of await partitions("audit_log"))
    await expect(db.pool.query(`truncate ${partition}`)).rejects.toThrow("append-only");
  const [full] = await filled("audit_log");
  for (const change of ["update NAME set actor_name = 'x'", "delete from NAME"])
    await expect(db.pool.query(change.replace("NAME", full ?? ""))).rejects.toThrow("append-only");
});
