import { sql } from "kysely";
import type { Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import type { Transaction } from "../../db/transaction.ts";
import { appendToAll } from "../../history/append.ts";
import { stopChanges } from "../../outbox/changes.ts";
import { end } from "../../outbox/deliveries.ts";
import { auditAndNotify } from "../../people/audit-log/audit.ts";
import type { Principal } from "../../people/principal.ts";
import { transactionAs } from "../../people/transaction-as.ts";
import { refuseAsTarget } from "./escalation-setting.ts";
import { noDestination } from "./read-destinations.ts";

const why = "destination deleted";

/** Deletes a destination. Its waiting deliveries end as not delivered, each with a history entry. */
export function deleteDestination(db: Database, id: string, by: Principal): Promise<Refusal | null> {
  return transactionAs(db, by, "Manage Destinations", async (tx) => {
    const needed = await refuseAsTarget(tx, id);
    if (needed) return needed;
    const deleted = await tx
      .updateTable("destinations")
      .set({ deleted_at: sql`now()` })
      .where("id", "=", id)
      .where("deleted_at", "is", null)
      .returning(["display_name as name", "line"])
      .executeTakeFirst();
    if (!deleted) return noDestination;
    const { line, ...data } = deleted;
    const destination = { id, ...data };
    const alertIds = await endWaiting(tx, { destinationId: id, line });
    const event = { kind: "not_delivered", data: { destination, why } } as const;
    await appendToAll(tx, alertIds, { event, actor: by.actor, via: by.via });
    await handOverCards(tx, id);
    await auditAndNotify(tx, by, {
      what: "destinations",
      action: "destination.deleted",
      target: { type: "destination", id },
      changes: null,
    });
    return null;
  });
}

/** Returns the ids of the alerts that will not be announced there. */
async function endWaiting(
  tx: Transaction,
  { destinationId, line }: { destinationId: string; line: string },
): Promise<string[]> {
  const where = sql`d.destination_id = ${destinationId}`;
  const { rows } = await sql<{ alertId: string }>`
    ${end({ where }, why)} returning d.alert_id as "alertId"`.execute(tx);
  await stopChanges({ where: sql`${where} and d.line = ${line}` }).execute(tx);
  return [...new Set(rows.map(({ alertId }) => alertId))];
}

/**
 * Gives each card to another destination of the same channel that shares it. Cards without one are edited a
 * last time, with a note that they are no longer kept up to date.
 */
async function handOverCards(tx: Transaction, destinationId: string): Promise<void> {
  await sql`
    update cards c set
      destination_id = coalesce(heir.id, c.destination_id),
      update_due_at = case when heir.id is null then now() else c.update_due_at end,
      update_wanted = c.update_wanted + 1, wrong_since = coalesce(c.wrong_since, now())
    from cards self left join lateral (
      select d.destination_id as id from deliveries d join destinations t on t.id = d.destination_id
      where d.card_id = self.id and t.deleted_at is null limit 1) heir on true
    where self.id = c.id and c.destination_id = ${destinationId} and not c.gone`.execute(tx);
}
