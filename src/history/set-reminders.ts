import { sql } from "kysely";
import type { HistoryKind } from "../alert/history-event.ts";
import type { Transaction } from "../db/transaction.ts";

const kinds: readonly HistoryKind[] = ["status_changed", "assigned", "unassigned", "severity_raised"];

/**
 * Starts the clock of an alert's reminders anew, or stops it: it runs while the alert is open and nobody's,
 * whatever a destination is told of changes in Tocsin.
 */
export async function setReminders(tx: Transaction, alertId: string, after: HistoryKind): Promise<void> {
  if (!kinds.includes(after)) return;
  await sql`
    update cards c set
      remind_from = case when a.unclaimed then now() end,
      remind_at = case when a.unclaimed
        then now() + make_interval(mins => (d.reminders -> a.severity ->> 'afterMinutes')::int) end
    from destinations d,
      (select id, severity::text, status = 'OPEN' and assignee_id is null as unclaimed from alerts) a
    where a.id = ${alertId} and c.alert_id = a.id and d.id = c.destination_id and not c.gone
      and (c.remind_at is not null or a.unclaimed and d.reminders ? a.severity)`.execute(tx);
}
