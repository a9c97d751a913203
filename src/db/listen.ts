import pg from "pg";
import { bellChannel, type Ring } from "./notify.ts";
import type { Database } from "./connect.ts";

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
