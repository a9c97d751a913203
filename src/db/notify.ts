import { sql } from "kysely";
import pg from "pg";
import type { Database } from "./connect.ts";
import type { Transaction } from "./transaction.ts";

/** What changed, sent to all nodes and live readers: ids only, the rest they read themselves. */
export type Notification =
  | { alerts: string[] }
  | { settings: "destinations" | "sources" | "users" | "slack-app" | "faults" | "settings" | "views" };

export const notificationChannel = "tocsin";
/** PostgreSQL limits a payload to 8,000 bytes; 200 UUIDs stay below. */
const idsPerNotification = 200;

/** Sends a notification when the transaction commits. */
export async function notify(tx: Transaction | Database["kysely"], what: Notification): Promise<void> {
  for (const part of splitByIds(what)) {
    await sql`select pg_notify(${notificationChannel}, ${JSON.stringify(part)})`.execute(tx);
  }
}

/** Sends notifications for alerts that have just been committed. */
interface Notifier {
  add(alertIds: string[]): void;
  close(): Promise<void>;
}

const flushMs = 25;

/**
 * Batches notifications and sends them outside the intake transactions: a NOTIFY inside holds a lock until
 * the commit is on disk, and so serialises all of them. A crash loses only notifications: workers poll, live
 * readers ask again.
 */
export function openNotifier(db: Database, failed: (fault: unknown) => void): Notifier {
  const pending = new Set<string>();
  const flush = async () => {
    const alerts = [...pending];
    pending.clear();
    if (alerts.length > 0) await notify(db.kysely, { alerts });
  };
  const timer = setInterval(() => flush().catch(failed), flushMs);
  return {
    add: (alertIds) => {
      for (const id of alertIds) pending.add(id);
    },
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}

function splitByIds(what: Notification): Notification[] {
  if (!("alerts" in what)) return [what];
  const parts: Notification[] = [];
  for (let at = 0; at < what.alerts.length; at += idsPerNotification) {
    parts.push({ alerts: what.alerts.slice(at, at + idsPerNotification) });
  }
  return parts;
}

/** Receives the notifications of all nodes. */
export interface Notifications {
  /** Calls `listener` for each notification until the returned function is called. */
  subscribe(listener: (notification: Notification) => void): () => void;
  close(): Promise<void>;
}

const reconnectMs = 1000;

/**
 * Listens on a separate connection and reconnects when it breaks. Notifications sent meanwhile are lost:
 * workers poll anyway, and live readers ask again.
 */
export async function openNotifications(db: Database, log: (line: string) => void): Promise<Notifications> {
  const listeners = new Set<(notification: Notification) => void>();
  let client: pg.Client | null = null;
  let closed = false;

  async function connect(): Promise<void> {
    const next = new pg.Client(db.connection);
    next.on("notification", ({ payload }) => {
      const notification: Notification = JSON.parse(payload ?? "{}");
      for (const listener of listeners) listener(notification);
    });
    next.on("error", (fault) => log(`The connection for notifications was lost: ${fault.message}`));
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
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      closed = true;
      await client?.end();
    },
  };
}
