import type { HistoryEntry } from "../alert/history-event.ts";
import type { Transaction } from "../db/transaction.ts";
import { readEntry } from "../history/timeline.ts";

const kinds = {
  status: ["status_changed"] as const,
  assignee: ["assigned", "unassigned"] as const,
};

/** The entry that last set a field: what the second of two people is told. */
export async function lastOf(
  tx: Transaction,
  alertId: string,
  field: "status" | "assignee",
): Promise<HistoryEntry | null> {
  const row = await tx
    .selectFrom("history")
    .selectAll()
    .where("alert_id", "=", alertId)
    .where("kind", "in", [...kinds[field]])
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ? readEntry(row) : null;
}
