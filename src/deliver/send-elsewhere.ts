import { sql } from "kysely";
import { systemActor } from "../alert/actor.ts";
import type { DeliveryState } from "../alert/destination.ts";
import { transaction } from "../db/transaction.ts";
import { recordNotDelivered } from "../history/record-not-delivered.ts";
import { releaseLine } from "../outbox/lines.ts";
import { decideWhereabouts, type Whereabouts, type Whither } from "./decide-whereabouts.ts";
import type { Deps } from "../outbox/deps.ts";

const deletedWhy = "destination deleted";

interface Waiting {
  deliveryId: string;
  alertId: string;
  destinationId: string;
}

/** Puts a delivery where its destination is now, if that is not this line. True if it was put elsewhere. */
export async function sendElsewhere(
  deps: Deps,
  line: { key: string },
  { job, destination }: { job: Waiting; destination: Whereabouts },
): Promise<boolean> {
  const whither = decideWhereabouts(destination, line.key);
  if (whither.kind === "here") return false;
  await transaction(deps.db, async (tx) => {
    await sql`
      update deliveries set state = ${stateFor(whither)}::delivery_state, attempts = attempts - 1,
        line = ${whither.kind === "moved" ? whither.line : line.key},
        error = ${whither.kind === "deleted" ? deletedWhy : null}
      where id = ${job.deliveryId}`.execute(tx);
    if (whither.kind === "deleted") {
      await recordNotDelivered(tx, {
        alertIds: [job.alertId],
        destination: { id: job.destinationId, name: destination.name },
        why: deletedWhy,
        actor: systemActor,
        via: "system",
      });
    }
    await releaseLine(tx, { key: line.key, me: deps.me, end: { kind: "unused" } });
  });
  return true;
}

function stateFor(whither: Exclude<Whither, { kind: "here" }>): DeliveryState {
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
