import { type Kysely, sql } from "kysely";
import type { NamedDestination } from "../alert/history-event.ts";
import type { Tables } from "../db/tables/tables.ts";
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

/** A delivery that is being escalated. `until` is as precise as the database's times, which a `Date` is not. */
interface Claim {
  id: string;
  alertId: string;
  until: string;
}

/**
 * Claims a due delivery for a minute, after which another node may: one that can't be escalated must not hold up those
 * behind it. Null if none is due.
 */
export async function claimDue(db: Kysely<Tables>): Promise<Claim | null> {
  const { rows } = await sql<Claim>`
    update deliveries set escalate_at = now() + interval '1 minute'
    where id = (
      select id from deliveries where escalate_at <= now() order by escalate_at limit 1 for update skip locked)
    returning id, alert_id as "alertId", escalate_at::text as until`.execute(db);
  return rows[0] ?? null;
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

/**
 * Ends the wait of a claimed delivery; the caller has to lock its alert first. Null if an action, its source or another
 * node came first.
 */
export async function takeDue(tx: Transaction, { id, until }: Claim): Promise<DueEscalation | null> {
  const { rows } = await sql<DueEscalation>`
    update deliveries d set escalate_at = null
    from alerts a, destinations f left join destinations t on t.id = f.escalate_to
    where d.id = ${id} and d.escalate_at = ${until}::timestamptz and a.id = d.alert_id and f.id = d.destination_id
    returning d.alert_id as "alertId", a.status = 'OPEN' as open,
      json_build_object('id', f.id, 'name', f.display_name) as from,
      (f.escalate_after ->> a.severity::text)::int as minutes,
      case when t.id is not null and not exists (
        select from deliveries e where e.alert_id = a.id and e.destination_id = t.id)
        then json_build_object('id', t.id, 'name', t.display_name, 'line', t.line, 'enabled', t.enabled,
          'deleted', t.deleted_at is not null) end as to`.execute(tx);
  return rows[0] ?? null;
}
