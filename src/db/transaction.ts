import type * as kysely from "kysely";
import type { RawBuilder } from "kysely";
import pg from "pg";
import type { Database } from "./connect.ts";
import type { Tables } from "./tables/tables.ts";

/** A transaction: the first argument of every function that changes something. */
export type Transaction = kysely.Transaction<Tables>;

/** Keeps a callback until the commit; it is forgotten if the transaction rolls back. */
type AfterCommit = (callback: () => void) => void;

const attempts = 4;

/**
 * Runs `work` in one transaction and gives back its result; a throw rolls back. If the database chose it as
 * the victim of a deadlock or a conflict, it is run again from the start, so it must not act outside `tx`.
 */
export async function transaction<T>(
  db: Pick<Database, "kysely">,
  work: (tx: Transaction, afterCommit: AfterCommit) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const callbacks: (() => void)[] = [];
    try {
      const result = await db.kysely.transaction().execute((tx) => work(tx, (todo) => callbacks.push(todo)));
      for (const callback of callbacks) callback();
      return result;
    } catch (fault) {
      if (attempt === attempts || !isConflict(fault)) throw fault;
    }
  }
}

/** serialization_failure and deadlock_detected: nothing is wrong with the work, only with the moment. */
export function isConflict(fault: unknown): boolean {
  return fault instanceof pg.DatabaseError && (fault.code === "40001" || fault.code === "40P01");
}

/**
 * Runs a hot statement under a name, so that each connection parses and plans it once: for the large ones
 * that saves most of their time. The name stands for one text; only its parameters may vary.
 */
export async function prepared<Row>(db: Database, name: string, statement: RawBuilder<Row>): Promise<Row[]> {
  const { sql: text, parameters } = statement.compile(db.kysely);
  return (await db.pool.query({ name, text, values: [...parameters] })).rows;
}
