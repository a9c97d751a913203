import { sql } from "kysely";
import { systemActor } from "../alert/alert.ts";
import type { DeliveryState } from "../alert/destination.ts";
import { transaction } from "../db/transaction.ts";
import { appendNotDelivered } from "../history/append.ts";
import type { Deps } from "../outbox/deps.ts";
import { type LineClaim, releaseLine } from "../outbox/lines.ts";

const deletedReason = "destination deleted";

interface WaitingDelivery {
  deliveryId: string;
  alertId: string;
  destinationId: string;
}

/**
 * Redirects a delivery whose destination has changed since it was queued in `line`: it moves to another line,
 * is held, or ends. False if it still belongs here, and then nothing is written.
 */
export async function redirectDelivery(
  deps: Deps,
  line: LineClaim,
  { job, destination }: { job: WaitingDelivery; destination: CurrentDestination },
): Promise<boolean> {
  const redirect = decideRedirect(destination, line.key);
  if (redirect.kind === "stay") return false;
  await transaction(deps.db, async (tx) => {
    await sql`
      update deliveries set state = ${stateFor(redirect)}::delivery_state, attempts = attempts - 1,
        line = ${redirect.kind === "moved" ? redirect.line : line.key},
        error = ${redirect.kind === "deleted" ? deletedReason : null}
      where id = ${job.deliveryId}`.execute(tx);
    if (redirect.kind === "deleted") {
      await appendNotDelivered(tx, {
        alertIds: [job.alertId],
        destination: { id: job.destinationId, name: destination.name },
        why: deletedReason,
        actor: systemActor,
        via: "system",
      });
    }
    await releaseLine(tx, deps, line, { kind: "unused" });
  });
  return true;
}

function stateFor(redirect: Exclude<Redirect, { kind: "stay" }>): DeliveryState {
  switch (redirect.kind) {
    case "moved":
      return "waiting";
    case "held":
      return "held";
    case "deleted":
      return "not_delivered";
    default:
      return redirect satisfies never;
  }
}

/** A delivery's destination as it is now; its settings may have changed since the delivery was created. */
export interface CurrentDestination {
  name: string;
  deleted: boolean;
  enabled: boolean;
  /** The line of its current channel. */
  line: string;
}

type Redirect =
  | { kind: "stay" }
  /** The channel was changed: the delivery waits in the new channel's line. */
  | { kind: "moved"; line: string }
  /** The destination is disabled. */
  | { kind: "held" }
  | { kind: "deleted" };

/** Decides whether a delivery that was queued in `line` still goes out there. */
export function decideRedirect(destination: CurrentDestination, line: string): Redirect {
  if (destination.deleted) return { kind: "deleted" };
  if (!destination.enabled) return { kind: "held" };
  return destination.line === line ? { kind: "stay" } : { kind: "moved", line: destination.line };
}
