import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import type { Database } from "../src/db/connect.ts";
import { cloneDatabase, openSmallPool } from "./database.ts";
import { moveDatabaseClock } from "./database-clock.ts";
import { emptyTables } from "./empty-tables.ts";

/** A migrated, empty database with open connections. */
export interface LentDatabase {
  /** Closing it does nothing: `giveBack` does. */
  db: Database;
  /** For another process. */
  url: string;
  /** Sets how far its clock is ahead of the machine's. */
  moveClock(aheadMs: number): Promise<void>;
  /** Empties it for the next test file. */
  giveBack(): Promise<void>;
}

interface Kept {
  db: Database;
  url: string;
  drop: () => Promise<void>;
}

/** The databases of this worker that nobody uses now. */
const kept: Kept[] = [];

/**
 * Lends a database that a test file before this one may have used. A new one takes half a second of CPU time, mostly for
 * its connections: each has to load PostgreSQL's catalogues and to plan each statement. Test files that change the
 * schema take `cloneDatabase`. `connections` is how many it has at most.
 */
export async function borrowDatabase({ connections }: { connections: number }): Promise<LentDatabase> {
  const lent = kept.pop() ?? (await make());
  lent.db.pool.options.max = connections;
  let aheadMs = 0;
  const moveClock = async (ms: number) => {
    if (ms !== aheadMs) await moveDatabaseClock(lent.db.pool, ms);
    aheadMs = ms;
  };
  return {
    db: { ...lent.db, close: async () => {} },
    url: lent.url,
    moveClock,
    async giveBack() {
      if (!(await isUnused(lent.db.pool))) {
        await lent.db.close();
        return lent.drop();
      }
      await moveClock(0);
      await lent.db.pool.query(emptyTables);
      kept.push(lent);
    },
  };
}

async function make(): Promise<Kept> {
  const { url, drop } = await cloneDatabase();
  return { url, drop, db: await openSmallPool(url) };
}

/** Whether no query runs any more. What a test has cut off is given a second to end. */
async function isUnused(pool: pg.Pool): Promise<boolean> {
  for (let left = 100; left > 0; left--) {
    if (pool.ended) return false;
    if (pool.idleCount === pool.totalCount && pool.waitingCount === 0) return true;
    await sleep(10);
  }
  return false;
}
