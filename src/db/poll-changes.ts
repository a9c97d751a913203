import { sql } from "kysely";
import type { Database } from "./connect.ts";
import { describeFault } from "./fault.ts";
import { type Notification, settingsKinds } from "./notify.ts";

const pollMs = 2000;
/** Settings change rarely, and readers fetch all that they show. */
const pollsPerSettings = 5;
/** Entries are committed some time after the time that they have. */
const overlapSeconds = 10;
/** A reader shows fewer alerts at once, and fetches all of them again for any. */
const maxEntries = 1000;

/**
 * Stands in for notifications, which a pooler hides: looks every two seconds for alerts with new history entries. What
 * has none, such as a failed attempt, is told with all kinds of settings every ten seconds.
 */
export function pollChanges(
  { kysely }: Pick<Database, "kysely">,
  tell: (notification: Notification) => void,
  log: (line: string) => void,
): { close(): Promise<void> } {
  let known: ReadonlySet<string> | null = null;
  let polls = 0;

  async function poll(): Promise<void> {
    const { rows } = await sql<{ id: string; entry: string }>`
      select alert_id as id, alert_id || ' ' || seq as entry from history
      where at > now() - make_interval(secs => ${overlapSeconds})
      order by at desc limit ${maxEntries}`.execute(kysely);
    const before = known;
    known = new Set(rows.map(({ entry }) => entry));
    const changed = new Set(before ? rows.flatMap(({ id, entry }) => (before.has(entry) ? [] : id)) : []);
    if (changed.size > 0) tell({ alerts: [...changed] });
    polls += 1;
    if (polls % pollsPerSettings === 0) for (const kind of settingsKinds) tell({ settings: kind });
  }

  const tryToPoll = () =>
    poll().catch((fault: unknown) => log(`Changes could not be looked for. ${describeFault(fault)}`));
  let running = tryToPoll();
  const timer = setInterval(() => {
    running = running.then(tryToPoll);
  }, pollMs);
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
