import { sql } from "kysely";
import type { Logger } from "pino";
import type { Database } from "../db/connect.ts";
import { notify } from "../db/notify.ts";

/** Notes when sources last reported. */
export interface ReceiptBook {
  note(sourceId: string): void;
  close(): Promise<void>;
}

const writeEveryMs = 1000;

/**
 * Written once a second and outside the reports' own transactions: a row per source that every transaction
 * updates would make them wait for each other.
 */
export function receiptBook(
  db: Database,
  { clock, log }: { clock: () => Date; log: Pick<Logger, "warn"> },
): ReceiptBook {
  const last = new Map<string, Date>();

  async function write(): Promise<void> {
    if (last.size === 0) return;
    const notes = [...last];
    last.clear();
    await sql`
      update sources s set last_received_at = greatest(s.last_received_at, n.at)
      from unnest(${notes.map(([id]) => id)}::uuid[], ${notes.map(([, at]) => at)}::timestamptz[]) as n(id, at)
      where s.id = n.id`.execute(db.kysely);
    await notify(db.kysely, { settings: "sources" });
  }

  const timer = setInterval(() => {
    write().catch((fault: unknown) =>
      log.warn({ err: fault }, "the time of the last report was not written"),
    );
  }, writeEveryMs);
  return {
    note: (sourceId) => last.set(sourceId, clock()),
    async close() {
      clearInterval(timer);
      await write();
    },
  };
}
