import { sql } from "kysely";
import type { Database } from "./connect.ts";
import type { Transaction } from "./transaction.ts";

/** What other nodes and live readers are told: ids only, they read the rest themselves. */
export type Ring =
  | { alerts: string[] }
  | { settings: "destinations" | "sources" | "users" | "slack-app" | "faults" | "settings" };

export const bellChannel = "tocsin";
/** PostgreSQL refuses a payload of 8,000 bytes; 200 UUIDs stay below. */
const idsPerRing = 200;

/** Rings when the transaction commits, and not at all when it doesn't. */
export async function ring(tx: Transaction | Database["kysely"], what: Ring): Promise<void> {
  for (const part of parts(what)) {
    await sql`select pg_notify(${bellChannel}, ${JSON.stringify(part)})`.execute(tx);
  }
}

/** Rings for alerts that were committed a moment ago. */
export interface Ringer {
  note(alertIds: string[]): void;
  close(): Promise<void>;
}

const gatherMs = 25;

/**
 * Gathers what was taken in and rings for it outside its transactions: a NOTIFY in one holds a lock that all
 * of them need until it is on disk. A crash loses rings, not alerts: workers poll, live readers ask again.
 */
export function openRinger(db: Database, failed: (fault: unknown) => void): Ringer {
  const noted = new Set<string>();
  const ringNoted = async () => {
    const alerts = [...noted];
    noted.clear();
    if (alerts.length > 0) await ring(db.kysely, { alerts });
  };
  const timer = setInterval(() => ringNoted().catch(failed), gatherMs);
  return {
    note: (alertIds) => {
      for (const id of alertIds) noted.add(id);
    },
    async close() {
      clearInterval(timer);
      await ringNoted();
    },
  };
}

function parts(what: Ring): Ring[] {
  if (!("alerts" in what)) return [what];
  const rings: Ring[] = [];
  for (let at = 0; at < what.alerts.length; at += idsPerRing) {
    rings.push({ alerts: what.alerts.slice(at, at + idsPerRing) });
  }
  return rings;
}
