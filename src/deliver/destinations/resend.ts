import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Refusal } from "../../alert/refusal.ts";
import type { Transaction } from "../../db/transaction.ts";
import { decideResend, type Resendable } from "../ledger/resend/decide-resend.ts";
import { openLineOf } from "../ledger/resend/open-line-of.ts";

interface Sending {
  alertId: string;
  destinationId: string;
  line: string;
}

/**
 * Sends an alert to a destination once more, or for the first time; what that means depends on its delivery.
 * Somebody asked for it: a storm doesn't gather it.
 */
export async function resend(
  tx: Transaction,
  { alertId, destinationId }: { alertId: string; destinationId: string },
): Promise<Refusal | null> {
  const line = await openLineOf(tx, destinationId);
  if (typeof line !== "string") return line;
  const sending = { alertId, destinationId, line };
  const delivery = await lockDelivery(tx, sending);
  const decision = decideResend(delivery);
  switch (decision.kind) {
    case "post":
      await (delivery ? postAnew(tx, sending) : postFirst(tx, sending));
      return null;
    case "hurry":
      await sql`
        update deliveries set state = 'waiting', run_at = now(), asked = true, line = ${line}
        where alert_id = ${alertId} and destination_id = ${destinationId}`.execute(tx);
      return null;
    case "redraw":
      await sql`
        update cards set update_due_at = now(), update_wanted = update_wanted + 1, touched_at = now()
        where alert_id = ${alertId} and line = ${line}`.execute(tx);
      return null;
    case "leave":
      return null;
    default:
      return decision satisfies never;
  }
}

async function lockDelivery(
  tx: Transaction,
  { alertId, destinationId, line }: Sending,
): Promise<Resendable | null> {
  const { rows } = await sql<Resendable>`
    select d.state, case when t.type = 'custom-webhook' then 'told' when c.id is null then 'none' when c.gone then 'gone' else 'stands' end as card
    from deliveries d join destinations t on t.id = d.destination_id
      left join cards c on c.alert_id = d.alert_id and c.line = ${line}
    where d.alert_id = ${alertId} and d.destination_id = ${destinationId} for update of d`.execute(tx);
  return rows[0] ?? null;
}

/**
 * Its three days of trying begin again. A card that is gone would be taken for one that stands, and a digest
 * that had it counts it no more.
 */
async function postAnew(tx: Transaction, { alertId, destinationId, line }: Sending): Promise<void> {
  await sql`delete from cards where alert_id = ${alertId} and line = ${line} and gone`.execute(tx);
  await sql`
    with queued as (
      update deliveries set state = 'waiting', run_at = now(), error = null, shape = 0, card_id = null,
        asked = true, line = ${line}, created_at = now()
      where alert_id = ${alertId} and destination_id = ${destinationId} returning digest_id
    )
    insert into digest_changes (digest_id)
    select digest_id from queued where digest_id is not null`.execute(tx);
}

async function postFirst(tx: Transaction, { alertId, destinationId, line }: Sending): Promise<void> {
  await sql`
    insert into deliveries (id, alert_id, destination_id, line, severity, number, told_seq, asked)
    select ${uuidv7()}, id, ${destinationId}, ${line}, severity, number, history_seq, true
    from alerts where id = ${alertId}`.execute(tx);
}
