import pg from "pg";
import type { Database } from "./connect.ts";
import { type Notification, notificationChannel } from "./notify.ts";
import { pollChanges } from "./poll-changes.ts";

/** Receives the notifications of all nodes. */
export interface Notifications {
  /** Calls `listener` for each notification until the returned function is called. */
  subscribe(listener: (notification: Notification) => void): () => void;
  close(): Promise<void>;
}

type Tell = (notification: Notification) => void;
type Log = (line: string) => void;

/** Listens, or where a pooler hides PostgreSQL's notifications, looks for changes every two seconds. */
export async function openNotifications(db: Database, log: Log): Promise<Notifications> {
  const listeners = new Set<Tell>();
  const tell: Tell = (notification) => {
    for (const listener of listeners) listener(notification);
  };
  const { close } = db.connection ? await listen(db.connection, tell, log) : pollChanges(db, tell, log);
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close,
  };
}

const reconnectMs = 1000;

/**
 * Listens on a separate connection and reconnects when it breaks. Notifications sent meanwhile are lost:
 * workers poll anyway, and live readers ask again.
 */
async function listen(
  connection: pg.ClientConfig,
  tell: Tell,
  log: Log,
): Promise<{ close(): Promise<void> }> {
  let client: pg.Client | null = null;
  let closed = false;

  async function connect(): Promise<void> {
    const next = new pg.Client(connection);
    next.on("notification", ({ payload }) => tell(JSON.parse(payload ?? "{}")));
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
    async close() {
      closed = true;
      await client?.end();
    },
  };
}
