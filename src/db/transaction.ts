import type * as kysely from "kysely";
import type { RawBuilder } from "kysely";
import pg from "pg";
import type { Database } from "./connect.ts";
import type { Tables } from "./tables/tables.ts";

/** An open transaction: the first argument of every function that writes. */
export type Transaction = kysely.Transaction<Tables>;

/** Registers a callback that runs after the commit, and never after a rollback. */
type AfterCommit = (callback: () => void) => void;

const maxAttempts = 4;

/**
 * Runs `work` in a transaction and returns its result; an exception rolls back. After a deadlock or a
 * serialization failure `work` runs again, so it must act only through `tx`.
 */
export async function transaction<T>(
  db: Pick<Database, "kysely">,
  work: (tx: Transaction, afterCommit: AfterCommit) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const callbacks: (() => void)[] = [];
    try {
      const result = await db.kysely
        .transaction()
        .execute((tx) => work(tx, (callback) => callbacks.push(callback)));
      for (const callback of callbacks) callback();
      return result;
    } catch (fault) {
      if (attempt === maxAttempts || !isConflict(fault)) throw fault;
    }
  }
}

/** Whether a retry can succeed: serialization_failure or deadlock_detected. */
export function isConflict(fault: unknown): boolean {
  return fault instanceof pg.DatabaseError && (fault.code === "40001" || fault.code === "40P01");
}

/**
 * Runs a statement as a prepared statement, so that each connection parses and plans it once; for large
 * statements that is most of the time. A `name` must always have the same text; only parameters may vary.
 */
export async function prepared<Row>(db: Database, name: string, statement: RawBuilder<Row>): Promise<Row[]> {
  const { sql: text, parameters } = statement.compile(db.kysely);
  return (await db.pool.query({ ...(db.hasSessions && { name }), text, values: [...parameters] })).rows;
}

/** Whether a lock was not to be had in the time of `lock_timeout`. */
export function isLockTimeout(fault: unknown): boolean {
  return fault instanceof pg.DatabaseError && fault.code === "55P03";
}
