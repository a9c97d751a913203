import { sql } from "kysely";
import { systemActor } from "../alert/alert.ts";
import type { HistoryEvent, NamedDestination } from "../alert/history-event.ts";
import { type Transaction, transaction } from "../db/transaction.ts";
import { append } from "../history/append.ts";
import type { Deps } from "../outbox/deps.ts";
import { claimDue, type DueEscalation, takeDue } from "../outbox/escalations.ts";
import { openFor } from "../outbox/open-deliveries.ts";
import type { DestinationWork } from "../outbox/worker.ts";

/** Sends alerts on which nobody acts to a second destination, with any number of nodes once. */
export function escalation(deps: Deps): DestinationWork {
  return [
    {
      maxConcurrent: 1,
      async claim() {
        while (await escalateNext(deps));
        return null;
      },
    },
  ];
}

/** Escalates one due delivery; false if none is due. The lock on its alert makes actions and nodes take turns. */
export async function escalateNext({ db }: Pick<Deps, "db">): Promise<boolean> {
  const claim = await claimDue(db.kysely);
  if (!claim) return false;
  await transaction(db, async (tx) => {
    await sql`select from alerts where id = ${claim.alertId} for update`.execute(tx);
    const due = await takeDue(tx, claim);
    if (due) await escalate(tx, due);
  });
  return true;
}

async function escalate(tx: Transaction, due: DueEscalation): Promise<void> {
  const decision = decideEscalation(due);
  if (decision.kind === "nothing") return;
  const { seq } = await append(tx, {
    alertId: due.alertId,
    event: decision.event,
    actor: systemActor,
    via: "system",
  });
  if (decision.kind === "not-delivered") return;
  const { id: destinationId, line } = decision.to;
  // The first message there does not cover the entry, so its thread tells why the alert is there.
  await openFor({ alertId: due.alertId, destinationId, line, sentSeq: seq }).execute(tx);
}

type EscalationDecision =
  | { kind: "escalate"; to: NamedDestination & { line: string }; event: HistoryEvent }
  | { kind: "not-delivered"; event: HistoryEvent }
  | { kind: "nothing"; because: "not open" | "not set" };

/** What happens to an alert on which nobody has acted until now. */
export function decideEscalation({ from, to, minutes, open }: DueEscalation): EscalationDecision {
  if (!open) return { kind: "nothing", because: "not open" };
  if (!to || minutes === null) return { kind: "nothing", because: "not set" };
  const named = { id: to.id, name: to.name };
  if (to.enabled && !to.deleted)
    return { kind: "escalate", to, event: { kind: "escalated", data: { from, to: named, minutes } } };
  const why = `nobody acted at ${from.name}, but this destination is ${to.deleted ? "deleted" : "disabled"}`;
  return { kind: "not-delivered", event: { kind: "not_delivered", data: { destination: named, why } } };
}
