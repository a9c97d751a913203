import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from "kysely";
import type pg from "pg";
import type { Database } from "./connect.ts";
import type { Tables } from "./tables/tables.ts";
import { isConflict, type Transaction } from "./transaction.ts";

/** A hot statement: prepared once per connection under its name. */
export interface PreparedStatement {
  name: string;
  text: string;
}

/** Runs a hot statement. Calls that don't wait for each other share a round trip. */
export type RunPrepared = <Row>(statement: PreparedStatement, values: unknown[]) => Promise<Row[]>;

/** One transaction, seen as Kysely does and as hot statements do. */
export interface IntakeTransaction {
  tx: Transaction;
  runPrepared: RunPrepared;
}

/** A lane runs one transaction after the other, each in as few round trips as its statements allow. */
export interface IntakeConnection {
  /**
   * `work` gives back its result and the writes that nothing waits for: they go out with the COMMIT, in one
   * round trip, and the result is given back when all of them are on disk. A deadlock is tried again.
   */
  transaction<T>(
    work: (intake: IntakeTransaction) => Promise<{ result: T; last: Promise<unknown>[] }>,
  ): Promise<T>;
}

const attempts = 4;

/**
 * Hot statements keep one plan: planning them anew for each group, which PostgreSQL prefers for as long as it
 * has no statistics, halves what a lane takes in.
 */
const begin = "begin; set local plan_cache_mode = force_generic_plan";

export function openIntakeConnection(db: Database): IntakeConnection {
  let current: pg.PoolClient | null = null;
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: onClient(() => current) }) });

  async function once<T>(
    work: (intake: IntakeTransaction) => Promise<{ result: T; last: Promise<unknown>[] }>,
  ): Promise<T> {
    const client = await db.pool.connect();
    current = client;
    let broken: Error | undefined;
    try {
      return await run(client, work);
    } catch (fault) {
      await client.query("rollback").catch((lost: Error) => {
        broken = lost;
      });
      throw fault;
    } finally {
      current = null;
      client.release(broken);
    }
  }

  async function run<T>(
    client: pg.PoolClient,
    work: (intake: IntakeTransaction) => Promise<{ result: T; last: Promise<unknown>[] }>,
  ): Promise<T> {
    const begun = client.query(begin);
    const runPrepared: RunPrepared = async (statement, values) =>
      (await client.query({ ...statement, values })).rows;
    // The lane's Kysely sees only this client, and the client is inside a transaction.
    const tx = kysely as Transaction;
    const [{ result, last }] = await Promise.all([work({ tx, runPrepared }), begun]);
    const [, committed] = await Promise.all([Promise.all(last), client.query("commit")]);
    if (committed.command !== "COMMIT") throw new Error("the transaction was rolled back at its commit");
    return result;
  }

  return {
    async transaction(work) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await once(work);
        } catch (fault) {
          if (attempt === attempts || !isConflict(fault)) throw fault;
        }
      }
    },
  };
}

/** A pool of one for Kysely: the client that the lane holds at the moment. */
function onClient(current: () => pg.PoolClient | null): PostgresPool {
  return {
    connect: async () => {
      const client = current();
      if (!client) throw new Error("a lane's queries belong inside its transaction");
      const query: PostgresPoolClient["query"] = client.query.bind(client);
      return { query, release: () => {} };
    },
    end: async () => {},
    options: {},
  };
}
