import { sql } from "kysely";
import type { Database } from "./connect.ts";
import type { Hot, Statement } from "./lane.ts";
import type { Transaction } from "./transaction.ts";

/** What other nodes and live readers are told: ids only, they read the rest themselves. */
export type Ring = { alerts: string[] } | { settings: "destinations" | "sources" | "users" | "slack-app" };

export const bellChannel = "tocsin";
/** PostgreSQL refuses a payload of 8,000 bytes; 200 UUIDs stay below. */
const idsPerRing = 200;

/** Rings when the transaction commits, and not at all when it doesn't. */
export async function ring(tx: Transaction | Database["kysely"], what: Ring): Promise<void> {
  for (const part of parts(what)) {
    await sql`select pg_notify(${bellChannel}, ${JSON.stringify(part)})`.execute(tx);
  }
}

const hotRing: Statement = { name: "ring", text: `select pg_notify('${bellChannel}', $1)` };

export async function ringAlerts(hot: Hot, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await Promise.all(parts({ alerts: ids }).map((part) => hot(hotRing, [JSON.stringify(part)])));
}

function parts(what: Ring): Ring[] {
  if (!("alerts" in what)) return [what];
  const rings: Ring[] = [];
  for (let at = 0; at < what.alerts.length; at += idsPerRing) {
    rings.push({ alerts: what.alerts.slice(at, at + idsPerRing) });
  }
  return rings;
}
