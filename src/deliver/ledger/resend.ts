import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Refusal } from "../../alert/refusal.ts";
import type { Transaction } from "../../db/transaction.ts";

/**
 * Sends an alert to a destination once more, or for the first time: a failed or undelivered one waits again,
 * one whose card stands has it drawn again.
 */
export async function resend(
  tx: Transaction,
  { alertId, destinationId }: { alertId: string; destinationId: string },
): Promise<Refusal | null> {
  const { rows } = await sql<{ line: string }>`
    select line from destinations
    where id = ${destinationId} and deleted_at is null and enabled`.execute(tx);
  const [destination] = rows;
  if (!destination) {
    const why = "There is no enabled destination with this id.";
    return { refused: "invalid", field: "destinationId", why };
  }
  const again = await sql`
    update deliveries set state = 'waiting', run_at = now(), error = null, shape = 0, line = ${destination.line},
      created_at = now()
    where alert_id = ${alertId} and destination_id = ${destinationId} and state not in ('sent', 'sending')
    returning 1`.execute(tx);
  if (again.rows.length > 0) return null;
  await sql`
    update cards set update_due_at = now(), update_wanted = update_wanted + 1, touched_at = now(), gone = false
    where alert_id = ${alertId} and line = ${destination.line}`.execute(tx);
  await sql`
    insert into deliveries (id, alert_id, destination_id, line, severity, number)
    select ${uuidv7()}, id, ${destinationId}, ${destination.line}, severity, number from alerts a
    where id = ${alertId} and not exists (
      select from deliveries d where d.alert_id = a.id and d.destination_id = ${destinationId})`.execute(tx);
  return null;
}
