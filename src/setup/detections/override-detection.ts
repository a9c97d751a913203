import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import type { Principal } from "../../people/principal.ts";
import { noteChange } from "../note-change.ts";
import { chooseOverride } from "./choose-override.ts";
import { type Detection, findDetection } from "../../route/detections.ts";

const noDetection: Refusal = { refused: "not_found", why: "There is no such detection." };

/**
 * Sends a detection's future alerts to these destinations, by id or name, whatever their filters say; null
 * lets the filters decide again.
 */
export function overrideDetection(
  db: Database,
  { id, destinations }: { id: string; destinations: string[] | null },
  by: Principal,
): Promise<Detection | Refusal> {
  return transaction(db, async (tx) => {
    const override = destinations && chooseOverride(destinations, await livingDestinations(tx));
    if (isRefusal(override)) return override;
    await tx.updateTable("detections").set({ override }).where("id", "=", id).execute();
    const detection = await findDetection(tx, id);
    if (!detection) return noDetection;
    const target = { type: "detection", id };
    const data = { destinations: override };
    await noteChange(tx, by, { what: "destinations", action: "detection.overridden", target, data });
    return detection;
  });
}

function livingDestinations(tx: Transaction) {
  return tx
    .selectFrom("destinations")
    .select(["id", "display_name as name"])
    .where("deleted_at", "is", null)
    .execute();
}
