import { sql } from "kysely";
import pg from "pg";
import type { Database } from "./connect.ts";
import type { Transaction } from "./transaction.ts";

/** What other nodes and live readers are told: ids only, they read the rest themselves. */
export type Notification =
  | { alerts: string[] }
  | { settings: "destinations" | "sources" | "users" | "slack-app" | "faults" | "settings" };

export const notificationChannel = "tocsin";
/** PostgreSQL refuses a payload of 8,000 bytes; 200 UUIDs stay below. */
const idsPerNotification = 200;

/** Rings when the transaction commits, and not at all when it doesn't. */
export async function notify(tx: Transaction | Database["kysely"], what: Notification): Promise<void> {
  for (const part of parts(what)) {
    await sql`select pg_notify(${notificationChannel}, ${JSON.stringify(part)})`.execute(tx);
  }
}

/** Rings for alerts that were committed a moment ago. */
interface Notifier {
  gather(alertIds: string[]): void;
  close(): Promise<void>;
}

const gatherMs = 25;

/**
 * Gathers what was taken in and rings for it outside its transactions: a NOTIFY in one holds a lock that all
 * of them need until it is on disk. A crash loses rings, not alerts: workers poll, live readers ask again.
 */
export function openNotifier(db: Database, failed: (fault: unknown) => void): Notifier {
  const noted = new Set<string>();
  const ringNoted = async () => {
    const alerts = [...noted];
    noted.clear();
    if (alerts.length > 0) await notify(db.kysely, { alerts });
  };
  const timer = setInterval(() => ringNoted().catch(failed), gatherMs);
  return {
    gather: (alertIds) => {
      for (const id of alertIds) noted.add(id);
    },
    async close() {
      clearInterval(timer);
      await ringNoted();
    },
  };
}

function parts(what: Notification): Notification[] {
  if (!("alerts" in what)) return [what];
  const rings: Notification[] = [];
  for (let at = 0; at < what.alerts.length; at += idsPerNotification) {
    rings.push({ alerts: what.alerts.slice(at, at + idsPerNotification) });
  }
  return rings;
}

/** Hears what all nodes ring. */
export interface Notifications {
  /** Calls `hear` for each ring until the given function is called. */
  subscribe(hear: (ring: Notification) => void): () => void;
  close(): Promise<void>;
}

const reconnectMs = 1000;

/**
 * Listens on a connection of its own, and connects again when it breaks. What was rung meanwhile is lost:
 * workers poll anyway, and live readers ask again.
 */
export async function openNotifications(db: Database, log: (line: string) => void): Promise<Notifications> {
  const hearers = new Set<(ring: Notification) => void>();
  let client: pg.Client | null = null;
  let closed = false;

  async function connect(): Promise<void> {
    const next = new pg.Client(db.connection);
    next.on("notification", ({ payload }) => {
      const ring: Notification = JSON.parse(payload ?? "{}");
      for (const hear of hearers) hear(ring);
    });
    next.on("error", (fault) => log(`The connection that listens was lost: ${fault.message}`));
    next.on("end", () => {
      if (client === next) retry();
    });
    await next.connect();
    await next.query(`listen ${notificationChannel}`);
    client = next;
  }

  function retry(): void {
    client = null;
    if (closed) return;
    setTimeout(() => connect().catch(retry), reconnectMs).unref();
  }

  await connect();
  return {
    subscribe(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    async close() {
      closed = true;
      await client?.end();
    },
  };
}
