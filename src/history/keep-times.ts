import { sql } from "kysely";
import { type Actor, isOpen } from "../alert/alert.ts";
import type { HistoryEvent } from "../alert/history-event.ts";
import type { Transaction } from "../db/transaction.ts";

/** What an entry says about when somebody acted and when the alert was closed; null if it says nothing. */
export function timesChange(
  event: HistoryEvent,
  actor: Pick<Actor, "type">,
): { acted: boolean; closed: boolean | "unchanged" } | null {
  const acted = actor.type === "user" || actor.type === "token";
  const closed = event.kind === "status_changed" ? !isOpen(event.data.to) : "unchanged";
  return acted || closed !== "unchanged" ? { acted, closed } : null;
}

/**
 * Keeps when people first acted on these alerts, and when they were closed; a reopened alert is not closed. In the
 * transaction of the entry, which has locked the alerts.
 */
export async function keepTimes(
  tx: Transaction,
  alertIds: readonly string[],
  { event, actor }: { event: HistoryEvent; actor: Actor },
): Promise<void> {
  const change = timesChange(event, actor);
  if (!change) return;
  const { acted, closed } = change;
  const changesClosed = closed !== "unchanged";
  await sql`
    insert into alert_times as t (alert_id, opened_at, first_action_at, closed_at)
    select id, created_at, case when ${acted} then now() end, case when ${closed === true} then now() end
    from alerts where id = any(${alertIds}::uuid[])
    on conflict (alert_id) do update set
      first_action_at = coalesce(t.first_action_at, excluded.first_action_at),
      closed_at = case when ${changesClosed} then excluded.closed_at else t.closed_at end
    where ${changesClosed} or t.first_action_at is null`.execute(tx);
}
