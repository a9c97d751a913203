import { sql } from "kysely";
import type { DeliveryState } from "../../alert/destination.ts";
import type { Refusal } from "../../alert/refusal.ts";
import type { Transaction } from "../../db/transaction.ts";
import { expedite, queueAgain } from "../../outbox/deliveries.ts";
import { openAsked } from "../../outbox/open-deliveries.ts";

interface Resend {
  alertId: string;
  destinationId: string;
  line: string;
}

/**
 * Sends an alert to a destination again, or for the first time (docs/behaviour.md#5-deliver). A digest does not
 * gather it, because a person asked for it (`asked`).
 */
export async function resend(
  tx: Transaction,
  { alertId, destinationId }: { alertId: string; destinationId: string },
): Promise<Refusal | null> {
  const line = await findEnabledLine(tx, destinationId);
  if (typeof line !== "string") return line;
  if (await isSilenced(tx, alertId))
    return {
      refused: "conflict",
      why: "This alert is silenced. Lift its silence first, which announces it.",
    };
  const resending = { alertId, destinationId, line };
  const delivery = await lockDelivery(tx, resending);
  const decision = decideResend(delivery);
  switch (decision.kind) {
    case "post":
      await (delivery ? postAgain(tx, resending) : openAsked(resending).execute(tx));
      return null;
    case "expedite":
      await postNext(tx, resending);
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

/** Locks the alert, so that its silence stays as it is until the delivery is queued. */
async function isSilenced(tx: Transaction, alertId: string): Promise<boolean> {
  const { rows } = await sql<{ silenced: boolean }>`
    select silenced from alerts where id = ${alertId} for update`.execute(tx);
  return rows[0]?.silenced === true;
}

async function lockDelivery(
  tx: Transaction,
  { alertId, destinationId, line }: Resend,
): Promise<Resendable | null> {
  const { rows } = await sql<Resendable>`
    select d.state, case when t.type <> 'slack-bot' then 'event' when c.id is null then 'none' when c.gone then 'gone' else 'current' end as card
    from deliveries d join destinations t on t.id = d.destination_id
      left join cards c on c.alert_id = d.alert_id and c.line = ${line}
    where d.alert_id = ${alertId} and d.destination_id = ${destinationId} for update of d`.execute(tx);
  return rows[0] ?? null;
}

/**
 * Queues a delivery again, with a new three days of retries. A row of a deleted card would count as the current
 * card, and a digest that had gathered the alert must count again.
 */
async function postAgain(tx: Transaction, { alertId, destinationId, line }: Resend): Promise<void> {
  await sql`delete from cards where alert_id = ${alertId} and line = ${line} and gone`.execute(tx);
  const where = sql`d.alert_id = ${alertId} and d.destination_id = ${destinationId}`;
  await queueAgain(tx, { where }, { asked: true, line });
}

/** Makes a waiting delivery due. A held line probes at once, and with this delivery: the one due for longest. */
async function postNext(tx: Transaction, { alertId, destinationId, line }: Resend): Promise<void> {
  await sql`update lines set open_at = now() where key = ${line} and fault is not null`.execute(tx);
  const where = sql`d.alert_id = ${alertId} and d.destination_id = ${destinationId}`;
  await expedite({ where }, { line }).execute(tx);
}

/** A delivery that a person wants to send again. */
interface Resendable {
  state: DeliveryState;
  /** Its card: in Slack, gone or never posted. Destinations that get events have none. */
  card: "current" | "gone" | "none" | "event";
}

type ResendDecision =
  | {
      kind: "post";
      why: "never sent there" | "not delivered" | "only in a digest" | "card is gone" | "gets a new event";
    }
  /** The delivery waits already; its next try is due now. */
  | { kind: "expedite"; why: "waiting already" }
  | { kind: "redraw"; why: "card is in Slack" }
  | { kind: "leave"; why: "being sent" };

/** Decides what a re-send does with a delivery; `null` if there is none yet. */
export function decideResend(delivery: Resendable | null): ResendDecision {
  if (!delivery) return { kind: "post", why: "never sent there" };
  switch (delivery.state) {
    case "waiting":
    case "held":
      return { kind: "expedite", why: "waiting already" };
    case "sending":
      return { kind: "leave", why: "being sent" };
    case "failed":
    case "not_delivered":
      return { kind: "post", why: "not delivered" };
    case "digested":
      return { kind: "post", why: "only in a digest" };
    case "sent":
      if (delivery.card === "event") return { kind: "post", why: "gets a new event" };
      return delivery.card === "gone"
        ? { kind: "post", why: "card is gone" }
        : { kind: "redraw", why: "card is in Slack" };
    default:
      return delivery.state satisfies never;
  }
}

/** The line of an enabled destination; a refusal for any other. */
async function findEnabledLine(tx: Transaction, destinationId: string): Promise<string | Refusal> {
  const { rows } = await sql<{ line: string }>`
    select line from destinations where id = ${destinationId} and deleted_at is null and enabled`.execute(tx);
  const why = "No enabled destination has this ID.";
  return rows[0]?.line ?? { refused: "invalid", field: "destinationId", why };
}

/** Queues all failed and undelivered deliveries of a destination again. Returns their number. */
export async function resendAll(tx: Transaction, destinationId: string): Promise<number | Refusal> {
  const line = await findEnabledLine(tx, destinationId);
  if (typeof line !== "string") return line;
  const where = sql`d.destination_id = ${destinationId} and d.state in ('failed', 'not_delivered')`;
  return queueAgain(tx, { where }, { asked: false, line });
}
