import { sql } from "kysely";
import type { Transaction } from "../../db/transaction.ts";
import type { ChangeJob } from "../../outbox/claim-event.ts";

/** Moves on how far a webhook has been told, never back. More may have happened meanwhile; then it stays due. */
export async function moveCursor(
  tx: Transaction,
  { job, toldSeq }: { job: ChangeJob; toldSeq: number },
): Promise<void> {
  await sql`select from alerts where id = ${job.alertId} for update`.execute(tx);
  await sql`
    update deliveries d set told_seq = greatest(told_seq, ${toldSeq}), change_attempts = 0,
      changes_due_at = case when a.history_seq > greatest(told_seq, ${toldSeq}) then now() end
    from alerts a where d.id = ${job.deliveryId} and a.id = d.alert_id`.execute(tx);
}
