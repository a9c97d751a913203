import { sql } from "kysely";
import type { NamedDestination } from "../alert/history-event.ts";
import type { Transaction } from "../db/transaction.ts";
import type { Statement } from "./deliveries.ts";

/** When deliveries also go to another destination because nobody acts (docs/behaviour.md#escalation). */

/** Any action by a person or a token ends the wait. */
export function someoneActed(alertIds: readonly string[]): Statement {
  return sql`
    update deliveries set escalate_at = null
    where alert_id = any(${alertIds}::uuid[]) and escalate_at is not null`;
}

/** After their source changed alerts: starts the wait again for open ones, and ends it for others. */
export function restart(alertIds: readonly string[]): Statement {
  return sql`
    update deliveries d set
      escalate_at = case when a.status = 'OPEN'
        then now() + make_interval(mins => (t.escalate_after ->> a.severity::text)::int) end
    from alerts a, destinations t
    where d.alert_id = any(${alertIds}::uuid[]) and a.id = d.alert_id and t.id = d.destination_id
      and (d.escalate_at is not null or t.escalate_to is not null)`;
}

/** A delivery whose wait is over, with its destinations as they are now. */
export interface DueEscalation {
  alertId: string;
  from: NamedDestination;
  /** Null if the setting was removed, or the other destination has the alert already. */
  to: (NamedDestination & { line: string; enabled: boolean; deleted: boolean }) | null;
  /** Null if the setting no longer has this severity. */
  minutes: number | null;
  open: boolean;
}

/** Takes one due delivery, so that no other node does; the caller has to lock its alert first. Null if none is due. */
export async function takeDue(tx: Transaction, deliveryId: string): Promise<DueEscalation | null> {
  const { rows } = await sql<DueEscalation>`
    update deliveries d set escalate_at = null
    from alerts a, destinations f left join destinations t on t.id = f.escalate_to
    where d.id = ${deliveryId} and d.escalate_at <= now() and a.id = d.alert_id and f.id = d.destination_id
    returning d.alert_id as "alertId", a.status = 'OPEN' as open,
      json_build_object('id', f.id, 'name', f.display_name) as from,
      (f.escalate_after ->> a.severity::text)::int as minutes,
      case when t.id is not null and not exists (
        select from deliveries e where e.alert_id = a.id and e.destination_id = t.id)
        then json_build_object('id', t.id, 'name', t.display_name, 'line', t.line, 'enabled', t.enabled,
          'deleted', t.deleted_at is not null) end as to`.execute(tx);
  return rows[0] ?? null;
}
