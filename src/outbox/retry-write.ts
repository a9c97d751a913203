import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { whyUnavailable } from "../db/unavailable.ts";

/** Writes outcomes of jobs, which only this process knows until they are in the database. */
export interface OutcomeWriter {
  /**
   * Runs `work`, which writes an outcome, and retries it while the database is unavailable. It may run twice.
   */
  write: <T>(work: () => Promise<T>) => Promise<T>;
  /** Whether an outcome is not written yet, so that jobs due in the database may already be done. */
  isBehind: () => boolean;
}

const retryMs = 100;
/** After this time another node takes over, as if this one had died. */
const giveUpMs = 30_000;

export function openOutcomeWriter(): OutcomeWriter {
  let behind = 0;

  async function retryUntilWritten<T>(work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    for (;;) {
      await sleep(retryMs);
      try {
        return await work();
      } catch (fault) {
        if (!isDatabaseDown(fault) || performance.now() - start > giveUpMs) throw fault;
      }
    }
  }

  return {
    async write(work) {
      try {
        return await work();
      } catch (fault) {
        if (!isDatabaseDown(fault)) throw fault;
        behind += 1;
        return await retryUntilWritten(work).finally(() => {
          behind -= 1;
        });
      }
    },
    isBehind: () => behind > 0,
  };
}

/** Lost connections cause errors of the driver, or of PostgreSQL. */
function isDatabaseDown(fault: unknown): boolean {
  return fault instanceof pg.DatabaseError ? whyUnavailable(fault) !== null : fault instanceof Error;
}
