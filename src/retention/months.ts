import { sql } from "kysely";
import type { Database } from "../db/connect.ts";
import { isLockTimeout, type Transaction, transaction } from "../db/transaction.ts";

/**
 * The tables with a partition for each month (migration 0077), and the column that says in which month a row is: a time,
 * or an id, which begins with one.
 */
const monthlyTables = {
  history: { by: "alert_id", type: "id" },
  alert_samples: { by: "alert_id", type: "id" },
  delivery_attempts: { by: "delivery_id", type: "id" },
  audit_log: { by: "at", type: "time" },
} as const;
type MonthlyTable = keyof typeof monthlyTables;

/** So many months are ready after the running one, so that nights in which this work can't be done cost nothing. */
const monthsAhead = 3;

/**
 * Makes the partitions of the next months, and drops those of past months that retention has emptied. A table that is in
 * use for long, as by a backup, waits for the next night: reports would wait for this work otherwise. Rows of a month
 * without a partition go into the table's `_default`, so nothing ever fails for lack of one.
 */
export async function keepMonths(db: Pick<Database, "kysely">): Promise<void> {
  for (const table of Object.keys(monthlyTables) as MonthlyTable[])
    for (const work of [makeMonths, dropEmptyMonths]) {
      try {
        await transaction(db, (tx) => work(tx, table));
      } catch (fault) {
        if (!isLockTimeout(fault)) throw fault;
      }
    }
}

const shortWait = sql`select set_config('lock_timeout', '200ms', true), set_config('statement_timeout', '20s', true)`;

interface Partition {
  name: string;
  /** Where it ends, in milliseconds since 1970. */
  endsAt: number;
}

/** The partitions of months, oldest first, and the beginning of the running month, by the database's clock. */
async function readPartitions(
  tx: Transaction,
  table: MonthlyTable,
): Promise<{ partitions: Partition[]; thisMonth: number }> {
  const upper = sql`substring(pg_get_expr(c.relpartbound, c.oid) from 'TO \\(''([^'']+)''\\)')`;
  const endsAt =
    monthlyTables[table].type === "time"
      ? sql`extract(epoch from ${upper}::timestamptz) * 1000`
      : sql`('x' || lpad(replace(left(${upper}, 13), '-', ''), 16, '0'))::bit(64)::bigint`;
  const { rows } = await sql<Partition>`
    select c.relname as name, (${endsAt})::float8 as "endsAt"
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = ${table}::regclass and ${upper} is not null order by 2`.execute(tx);
  const clock = await sql<{ now: Date }>`select now()`.execute(tx);
  const now = clock.rows[0]?.now ?? new Date();
  return { partitions: rows, thisMonth: Date.UTC(now.getUTCFullYear(), now.getUTCMonth()) };
}

/** The beginning of the month that is `count` months after the one of `time`. */
function monthAfter(time: number, count: number): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count);
}

/** SQL: the least value of the column that belongs to a month. */
function firstOf(table: MonthlyTable, time: number) {
  if (monthlyTables[table].type === "time") return sql.lit(new Date(time).toISOString());
  const hex = time.toString(16).padStart(12, "0");
  return sql.lit(`${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`);
}

async function makeMonths(tx: Transaction, table: MonthlyTable): Promise<void> {
  await shortWait.execute(tx);
  const { partitions, thisMonth } = await readPartitions(tx, table);
  const last = partitions.at(-1)?.endsAt ?? thisMonth;
  for (let at = last; at < monthAfter(thisMonth, monthsAhead + 1); at = monthAfter(at, 1))
    await makeMonth(tx, table, at);
}

async function makeMonth(tx: Transaction, table: MonthlyTable, at: number): Promise<void> {
  const [from, to] = [firstOf(table, at), firstOf(table, monthAfter(at, 1))];
  const column = sql.ref(monthlyTables[table].by);
  const early =
    await sql`select from ${sql.table(`${table}_default`)} where ${column} >= ${from} and ${column} < ${to}
    limit 1`.execute(tx);
  // They stay where they are: an entry of the audit log can't be moved.
  if (early.rows.length > 0) return;
  const name = sql.table(`${table}_${new Date(at).toISOString().slice(0, 7).replace("-", "_")}`);
  await sql`create table ${name} (like ${sql.table(table)} including defaults including constraints)`.execute(
    tx,
  );
  await sql`alter table ${sql.table(table)} attach partition ${name} for values from (${from}) to (${to})`.execute(
    tx,
  );
  if (table === "audit_log")
    await sql`create trigger audit_log_truncate before truncate on ${name}
      execute function refuse_audit_change()`.execute(tx);
}

async function dropEmptyMonths(tx: Transaction, table: MonthlyTable): Promise<void> {
  await shortWait.execute(tx);
  const { partitions, thisMonth } = await readPartitions(tx, table);
  for (const { name } of partitions.filter(({ endsAt }) => endsAt <= thisMonth)) {
    const partition = sql.table(name);
    if (!(await isEmpty(tx, name))) continue;
    await sql`lock table ${partition} in access exclusive mode`.execute(tx);
    if (!(await isEmpty(tx, name))) continue;
    await sql`alter table ${sql.table(table)} detach partition ${partition}`.execute(tx);
    await sql`drop table ${partition}`.execute(tx);
  }
}

async function isEmpty(tx: Transaction, name: string): Promise<boolean> {
  return (await sql`select from ${sql.table(name)} limit 1`.execute(tx)).rows.length === 0;
}
