import { sql } from "kysely";
import type { Actor, Via } from "../../alert/actor.ts";
import type { Transaction } from "../../db/transaction.ts";
import { record } from "../../history/append.ts";

interface Ending {
  actor: Actor;
  via: Via;
  because: "reopened" | "asked";
}

/** Lets repeats open alerts again, of a whole alert or of one suppression. Gives back how many ended. */
export async function endSuppressions(
  tx: Transaction,
  which: { alertId: string } | { id: string },
  { actor, via, because }: Ending,
): Promise<number> {
  const condition = "alertId" in which ? sql`alert_id = ${which.alertId}` : sql`id = ${which.id}`;
  // Whoever swallows a repeat locks the alert first, then these.
  await sql`select from alerts where id in (select alert_id from suppressions where ${condition}) for update`.execute(
    tx,
  );
  const { rows } = await sql<{ id: string; alertId: string; person: string }>`
    update suppressions set ended_at = now() where ${condition} and ended_at is null and ends_at > now()
    returning id, alert_id as "alertId", person`.execute(tx);
  for (const { id, alertId, person } of rows) {
    const data = { suppressionId: id, person, because };
    await record(tx, { alertId, event: { kind: "suppression_ended", data }, actor, via });
  }
  return rows.length;
}
