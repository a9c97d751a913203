import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** What Slack has answered, which only this process knows until it stands in the database. */
export interface Outcomes {
  /** Does `work`, which writes such an outcome down, again for as long as the database is away: it may be done twice. */
  write: <T>(work: () => Promise<T>) => Promise<T>;
  /** One of them does not stand yet, so that what the database says is due may be done already. */
  isBehind: () => boolean;
}

const pauseMs = 100;
/** After that another node finds it as if this one had died. */
const patienceMs = 30_000;

export function openOutcomes(): Outcomes {
  let behind = 0;

  async function insist<T>(work: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    for (;;) {
      await sleep(pauseMs);
      try {
        return await work();
      } catch (fault) {
        if (!isAway(fault) || performance.now() - begun > patienceMs) throw fault;
      }
    }
  }

  return {
    async write(work) {
      try {
        return await work();
      } catch (fault) {
        if (!isAway(fault)) throw fault;
        behind += 1;
        return await insist(work).finally(() => {
          behind -= 1;
        });
      }
    },
    isBehind: () => behind > 0,
  };
}

/** Connections end with errors of the driver, or with a last word of PostgreSQL's (classes 08 and 57P). */
function isAway(fault: unknown): boolean {
  return fault instanceof pg.DatabaseError ? /^(08|57P)/.test(fault.code ?? "") : fault instanceof Error;
}
