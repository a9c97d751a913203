import type { HistoryEntry } from "../alert/history-event.ts";
import type { Database } from "../db/connect.ts";
import type { Transaction } from "../db/transaction.ts";

/** The history entries of an alert after `afterSeq`, in order, at most `limit`. */
export async function timeline(
  db: Database["kysely"] | Transaction,
  { alertId, afterSeq = 0, limit = 1000 }: { alertId: string; afterSeq?: number; limit?: number },
): Promise<HistoryEntry[]> {
  const rows = await db
    .selectFrom("history")
    .selectAll()
    .where("alert_id", "=", alertId)
    .where("seq", ">", afterSeq)
    .orderBy("seq")
    .limit(limit)
    .execute();
  return rows.map(readEntry);
}

interface HistoryRow {
  alert_id: string;
  seq: number;
  at: Date;
  actor_type: HistoryEntry["actor"]["type"];
  actor_id: string | null;
  actor_name: string;
  via: HistoryEntry["via"];
  kind: HistoryEntry["kind"];
  data: Record<string, unknown>;
  bulk_id: string | null;
}

/** Converts a row that `append` wrote. Its type can't express that `kind` and `data` belong together. */
export function readEntry(row: HistoryRow): HistoryEntry {
  const event = { kind: row.kind, data: row.data } as Pick<HistoryEntry, "kind" | "data">;
  return {
    ...event,
    id: `${row.alert_id}.${row.seq}`,
    seq: row.seq,
    at: row.at,
    actor: { type: row.actor_type, id: row.actor_id, name: row.actor_name },
    via: row.via,
    inBulk: row.bulk_id !== null,
  } as HistoryEntry;
}
