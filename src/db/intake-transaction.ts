import { CompiledQuery, Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from "kysely";
import type pg from "pg";
import type { Database } from "./connect.ts";
import type { Tables } from "./tables/tables.ts";
import { isConflict, type Transaction } from "./transaction.ts";

/** A statement that each connection prepares once, under its name. */
export interface PreparedStatement {
  name: string;
  text: string;
}

/** Runs a prepared statement. Concurrent calls share a round trip. */
export type RunPrepared = <Row>(statement: PreparedStatement, values: unknown[]) => Promise<Row[]>;

/** A transaction, reachable through Kysely and through prepared statements. */
export interface IntakeTransaction {
  tx: Transaction;
  runPrepared: RunPrepared;
}

/** Runs the statements of the intake in any other transaction, where they are not prepared. */
export function intakeIn(tx: Transaction): IntakeTransaction {
  const runPrepared = async <Row>({ text }: PreparedStatement, values: unknown[]) =>
    (await tx.executeQuery<Row>(CompiledQuery.raw(text, values))).rows;
  return { tx, runPrepared };
}

/** Runs one transaction at a time, in as few round trips as possible. */
export interface IntakeConnection {
  /**
   * Runs `work` in a transaction and returns its `result` after the commit. The writes in `last` are sent
   * together with COMMIT, in one round trip. Retries after a deadlock, so `work` must act only on the
   * database.
   */
  transaction<T>(
    work: (intake: IntakeTransaction) => Promise<{ result: T; last: Promise<unknown>[] }>,
  ): Promise<T>;
}

const maxAttempts = 4;

/**
 * Forces generic plans. Without statistics PostgreSQL would plan each execution again, which halves the
 * number of reports per second.
 */
const begin = "begin; set local plan_cache_mode = force_generic_plan";

export function openIntakeConnection(db: Database): IntakeConnection {
  let current: pg.PoolClient | null = null;
  const kysely = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: singleClientPool(() => current) }),
  });

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
    const runPrepared: RunPrepared = async ({ name, text }, values) =>
      (await client.query({ ...(db.hasSessions && { name }), text, values })).rows;
    // This Kysely uses only `client`, which is inside a transaction.
    const tx = kysely as Transaction;
    const [{ result, last }] = await Promise.all([work({ tx, runPrepared }), begun]);
    const [, committed] = await Promise.all([Promise.all(last), client.query("commit")]);
    if (committed.command !== "COMMIT") throw new Error("COMMIT rolled the transaction back");
    return result;
  }

  return {
    async transaction(work) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await once(work);
        } catch (fault) {
          if (attempt === maxAttempts || !isConflict(fault)) throw fault;
        }
      }
    },
  };
}

/** A pool for Kysely with a single connection: the current client. */
function singleClientPool(current: () => pg.PoolClient | null): PostgresPool {
  return {
    connect: async () => {
      const client = current();
      if (!client) throw new Error("Intake queries must run inside a transaction");
      const query: PostgresPoolClient["query"] = client.query.bind(client);
      return { query, release: () => {} };
    },
    end: async () => {},
    options: {},
  };
}
