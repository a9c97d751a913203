import { sql } from "kysely";
import pg from "pg";
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
interface Ringer {
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

/** Hears what all nodes ring. */
export interface Bell {
  /** Calls `hear` for each ring until the given function is called. */
  on(hear: (ring: Ring) => void): () => void;
  close(): Promise<void>;
}

const reconnectMs = 1000;

/**
 * Listens on a connection of its own, and connects again when it breaks. What was rung meanwhile is lost:
 * workers poll anyway, and live readers ask again.
 */
export async function listen(db: Database, log: (line: string) => void): Promise<Bell> {
  const hearers = new Set<(ring: Ring) => void>();
  let client: pg.Client | null = null;
  let closed = false;

  async function connect(): Promise<void> {
    const next = new pg.Client(db.connection);
    next.on("notification", ({ payload }) => {
      const ring: Ring = JSON.parse(payload ?? "{}");
      for (const hear of hearers) hear(ring);
    });
    next.on("error", (fault) => log(`The connection that listens was lost: ${fault.message}`));
    next.on("end", () => {
      if (client === next) retry();
    });
    await next.connect();
    await next.query(`listen ${bellChannel}`);
    client = next;
  }

  function retry(): void {
    client = null;
    if (closed) return;
    setTimeout(() => connect().catch(retry), reconnectMs).unref();
  }

  await connect();
  return {
    on(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    async close() {
      closed = true;
      await client?.end();
    },
  };
}
