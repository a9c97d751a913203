import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "./connect.ts";

const patience = 2000;

/** Asks the database whether it is there, for at most 2 seconds: an error's text is not what to decide by. */
export async function databaseAnswers({ pool }: Pick<Database, "pool">): Promise<boolean> {
  const asked = pool.query("select 1").then(
    () => true,
    () => false,
  );
  const waiting = new AbortController();
  const tooLong = sleep(patience, false, { signal: waiting.signal }).catch(() => false);
  return Promise.race([asked, tooLong]).finally(() => waiting.abort());
}
