import { sql } from "kysely";
import { systemActor } from "../alert/alert.ts";
import type { DeliveryState } from "../alert/destination.ts";
import { transaction } from "../db/transaction.ts";
import { appendNotDelivered } from "../history/append.ts";
import type { Deps } from "../outbox/deps.ts";
import { releaseLine } from "../outbox/lines.ts";

const deletedWhy = "destination deleted";

interface Waiting {
  deliveryId: string;
  alertId: string;
  destinationId: string;
}

/** Puts a delivery where its destination is now, if that is not this line. True if it was put elsewhere. */
export async function redirectDelivery(
  deps: Deps,
  line: { key: string },
  { job, destination }: { job: Waiting; destination: CurrentDestination },
): Promise<boolean> {
  const whither = decideRedirect(destination, line.key);
  if (whither.kind === "here") return false;
  await transaction(deps.db, async (tx) => {
    await sql`
      update deliveries set state = ${stateFor(whither)}::delivery_state, attempts = attempts - 1,
        line = ${whither.kind === "moved" ? whither.line : line.key},
        error = ${whither.kind === "deleted" ? deletedWhy : null}
      where id = ${job.deliveryId}`.execute(tx);
    if (whither.kind === "deleted") {
      await appendNotDelivered(tx, {
        alertIds: [job.alertId],
        destination: { id: job.destinationId, name: destination.name },
        why: deletedWhy,
        actor: systemActor,
        via: "system",
      });
    }
    await releaseLine(tx, deps, { key: line.key, end: { kind: "unused" } });
  });
  return true;
}

function stateFor(whither: Exclude<Redirect, { kind: "here" }>): DeliveryState {
  switch (whither.kind) {
    case "moved":
      return "waiting";
    case "held":
      return "held";
    case "deleted":
      return "not_delivered";
    default:
      return whither satisfies never;
  }
}

/** The destination of a delivery as it is now, which may be other than when the delivery was made. */
export interface CurrentDestination {
  name: string;
  deleted: boolean;
  enabled: boolean;
  /** The line of its channel now. */
  line: string;
}

type Redirect =
  | { kind: "here" }
  /** Its channel was changed: the delivery waits in the new channel's line. */
  | { kind: "moved"; line: string }
  /** It is disabled: the delivery is held. */
  | { kind: "held" }
  | { kind: "deleted" };

/** Should a delivery that waits in `line` go out there? Settings may have changed while it was on its way. */
export function decideRedirect(destination: CurrentDestination, line: string): Redirect {
  if (destination.deleted) return { kind: "deleted" };
  if (!destination.enabled) return { kind: "held" };
  return destination.line === line ? { kind: "here" } : { kind: "moved", line: destination.line };
}
