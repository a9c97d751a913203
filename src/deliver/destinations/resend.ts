import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DeliveryState } from "../../alert/destination.ts";
import type { Refusal } from "../../alert/refusal.ts";
import type { Transaction } from "../../db/transaction.ts";

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

/** A delivery that somebody wants sent again. */
interface Resendable {
  state: DeliveryState;
  /** Its card in Slack: kept up to date there, no longer, or never posted; webhooks are told, and have none. */
  card: "stands" | "gone" | "none" | "told";
}

type ResendDecision =
  | {
      kind: "post";
      why:
        | "never sent there"
        | "it was over"
        | "it stood in a digest only"
        | "its card is gone"
        | "a webhook can be told again";
    }
  /** It waits by itself; its next try is now. */
  | { kind: "hurry"; why: "it waits already" }
  | { kind: "redraw"; why: "its card stands" }
  | { kind: "leave"; why: "it is being sent" };

/** What sending again means for a delivery as it is; `null` where there is none yet. */
export function decideResend(delivery: Resendable | null): ResendDecision {
  if (!delivery) return { kind: "post", why: "never sent there" };
  switch (delivery.state) {
    case "waiting":
    case "held":
      return { kind: "hurry", why: "it waits already" };
    case "sending":
      return { kind: "leave", why: "it is being sent" };
    case "failed":
    case "not_delivered":
      return { kind: "post", why: "it was over" };
    case "digested":
      return { kind: "post", why: "it stood in a digest only" };
    case "sent":
      if (delivery.card === "told") return { kind: "post", why: "a webhook can be told again" };
      return delivery.card === "gone"
        ? { kind: "post", why: "its card is gone" }
        : { kind: "redraw", why: "its card stands" };
    default:
      return delivery.state satisfies never;
  }
}

/** The line in which a destination's deliveries wait; a refusal if it takes none. */
async function openLineOf(tx: Transaction, destinationId: string): Promise<string | Refusal> {
  const { rows } = await sql<{ line: string }>`
    select line from destinations where id = ${destinationId} and deleted_at is null and enabled`.execute(tx);
  const why = "There is no enabled destination with this id.";
  return rows[0]?.line ?? { refused: "invalid", field: "destinationId", why };
}

/** Has everything wait again that a destination failed to be sent. Gives back how many that are. */
export async function resendAll(tx: Transaction, destinationId: string): Promise<number | Refusal> {
  const line = await openLineOf(tx, destinationId);
  if (typeof line !== "string") return line;
  const { numAffectedRows = 0n } = await sql`
    update deliveries set state = 'waiting', run_at = now(), error = null, shape = 0, line = ${line},
      created_at = now()
    where destination_id = ${destinationId} and state in ('failed', 'not_delivered')`.execute(tx);
  return Number(numAffectedRows);
}
