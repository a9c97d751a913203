import { sql } from "kysely";
import { systemActor } from "../alert/alert.ts";
import { transaction } from "../db/transaction.ts";
import { append } from "../history/append.ts";
import { end, hold, move, type Statement, unclaimed, type Which } from "../outbox/deliveries.ts";
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
    const which = { where: sql`d.id = ${job.deliveryId}` };
    await unclaimed(which, { seconds: 0 }).execute(tx);
    await statementFor(redirect, which).execute(tx);
    if (redirect.kind === "deleted") {
      const data = { destination: { id: job.destinationId, name: destination.name }, why: deletedReason };
      const event = { kind: "not_delivered", data } as const;
      await append(tx, { alertId: job.alertId, event, actor: systemActor, via: "system" });
    }
    await releaseLine(tx, deps, line, { kind: "unused" });
  });
  return true;
}

function statementFor(redirect: Exclude<Redirect, { kind: "stay" }>, which: Which): Statement {
  switch (redirect.kind) {
    case "moved":
      return move(which, redirect.line);
    case "held":
      return hold(which);
    case "deleted":
      return end(which, deletedReason);
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
