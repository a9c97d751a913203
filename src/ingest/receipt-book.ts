import { sql } from "kysely";
import type { Logger } from "pino";
import type { Database } from "../db/connect.ts";
import { notify } from "../db/notify.ts";

/** Records when sources last sent reports. */
export interface LastReceivedWriter {
  record(sourceId: string): void;
  close(): Promise<void>;
}

const writeEveryMs = 1000;

/**
 * Writes once a second, outside the intake transactions, which would wait for each other if each of them
 * updated the row of its source.
 */
export function openLastReceivedWriter(
  db: Database,
  { clock, log }: { clock: () => Date; log: Pick<Logger, "warn"> },
): LastReceivedWriter {
  const last = new Map<string, Date>();

  async function write(): Promise<void> {
    if (last.size === 0) return;
    const entries = [...last];
    last.clear();
    await sql`
      update sources s set last_received_at = greatest(s.last_received_at, n.at)
      from unnest(${entries.map(([id]) => id)}::uuid[], ${entries.map(([, at]) => at)}::timestamptz[]) as n(id, at)
      where s.id = n.id`.execute(db.kysely);
    await notify(db.kysely, { settings: "sources" });
  }

  const timer = setInterval(() => {
    write().catch((fault: unknown) =>
      log.warn({ err: fault }, "the time of a source's last report could not be written"),
    );
  }, writeEveryMs);
  return {
    record: (sourceId) => last.set(sourceId, clock()),
    async close() {
      clearInterval(timer);
      await write();
    },
  };
}
