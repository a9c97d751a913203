import { type RawBuilder, sql } from "kysely";
import type { Statement, Which } from "./deliveries.ts";

/** What a receiver of events knows of the later changes of an alert: the cursor of a delivery, and when it is due. */

/** Marks changes as due for destinations that get them as events. Deliveries that are not sent yet include the change when they are. */
export function changed(alertIds: readonly string[]): Statement {
  return sql`
    update deliveries d set changes_due_at = coalesce(changes_due_at, now())
    from destinations t
    where d.alert_id = any(${alertIds}::uuid[]) and d.state = 'sent' and t.id = d.destination_id
      and t.changes_since is not null`;
}

/** The receiver has the entries up to `seq`; the cursor never moves back. Needs the delivery's alert as `a`. */
export function knows(seq: number, { wantsLater }: { wantsLater: boolean }): RawBuilder<unknown> {
  return sql`told_seq = greatest(told_seq, ${seq}), change_attempts = 0,
    changes_due_at = case when ${wantsLater} and a.history_seq > greatest(told_seq, ${seq}) then now() end`;
}

/** Marks the entries up to `seq` as sent. The delivery stays due if there are later ones. */
export function told(deliveryId: string, seq: number): Statement {
  return sql`
    update deliveries d set ${knows(seq, { wantsLater: true })}
    from alerts a where d.id = ${deliveryId} and a.id = d.alert_id`;
}

/** Takes all changes so far as sent. */
export function skipChanges(which: Which): Statement {
  return sql`
    update deliveries d set told_seq = a.history_seq, change_attempts = 0, changes_due_at = null
    from alerts a where d.changes_due_at is not null and a.id = d.alert_id and ${which.where}`;
}

/** Schedules the next attempt to send a change. */
export function changeFailed(deliveryId: string, { seconds }: { seconds: number }): Statement {
  return sql`
    update deliveries d set change_attempts = change_attempts + 1,
      changes_due_at = now() + make_interval(secs => ${seconds})
    where d.id = ${deliveryId}`;
}

/** Makes the changes due that wait for their next attempt. */
export function retryChangesNow({ where }: Which): Statement {
  return sql`update deliveries d set changes_due_at = now() where d.changes_due_at > now() and ${where}`;
}

/** Ends what is due. */
export function stopChanges({ where }: Which): Statement {
  return sql`update deliveries d set changes_due_at = null where d.changes_due_at is not null and ${where}`;
}
