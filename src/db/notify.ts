import { sql } from "kysely";
import type { Database } from "./connect.ts";
import type { Transaction } from "./transaction.ts";

/** What changed, sent to all nodes and live readers: ids only, the rest they read themselves. */
export type Notification = { alerts: string[] } | { settings: SettingsKind };

export const settingsKinds = [
  "destinations",
  "sources",
  "users",
  "slack-app",
  "faults",
  "settings",
  "views",
] as const;
export type SettingsKind = (typeof settingsKinds)[number];

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
