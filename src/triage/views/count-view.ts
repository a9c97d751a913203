import { sql } from "kysely";
import pg from "pg";
import type { Database } from "../../db/connect.ts";
import { transaction } from "../../db/transaction.ts";
import { alertQuery } from "../contract.ts";
import { countAlerts } from "../list-alerts.ts";
import type { ViewCountBody } from "./contract.ts";

const maxCount = 99;
const maxMs = 300;
const withinHours = { "1h": 1, "24h": 24, "7d": 168, "30d": 720, "90d": 2160 };
/** PostgreSQL's query_canceled: the statement took longer than it may. */
const tookTooLong = "57014";

/**
 * Counts the alerts of a view, up to 99. Null if that takes longer than 300 ms: the side bar of each open Console asks.
 */
export async function countView(
  db: Database,
  filters: Record<string, unknown>,
  { me, now }: { me: string | null; now: Date },
): Promise<ViewCountBody> {
  const { within, ...rest } = filters;
  const hours = Object.entries(withinHours).find(([name]) => name === within)?.[1];
  const createdAfter = hours ? new Date(now.getTime() - hours * 3_600_000).toISOString() : rest.createdAfter;
  const query = alertQuery.safeParse({ ...rest, ...(createdAfter !== undefined && { createdAfter }) });
  // A filter that this version doesn't know any more.
  if (!query.success) return { count: null, more: false };
  try {
    const count = await transaction(db, async (tx) => {
      await sql`select set_config('statement_timeout', ${String(maxMs)}, true)`.execute(tx);
      return countAlerts(tx, query.data, { me, most: maxCount + 1 });
    });
    return { count: Math.min(count, maxCount), more: count > maxCount };
  } catch (fault) {
    if (fault instanceof pg.DatabaseError && fault.code === tookTooLong) return { count: null, more: false };
    throw fault;
  }
}
