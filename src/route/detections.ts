import { isRefusal, type Refusal } from "../alert/refusal.ts";
import type { AutomaticBoomerangInput } from "../boomerang/automatic/contract.ts";
import type { Database } from "../db/connect.ts";
import type { Transaction } from "../db/transaction.ts";
import { auditAndNotify } from "../people/audit-log/audit.ts";
import { changesBetween } from "../people/audit-log/changes.ts";
import type { Principal } from "../people/principal.ts";
import { transactionAs } from "../people/transaction-as.ts";
import { chooseOverride, toStore } from "./choose-settings.ts";
import { type Detection, findDetection } from "./list-detections.ts";

const detectionNotFound: Refusal = { refused: "not_found", why: "There is no such detection." };

interface DetectionChange {
  id: string;
  /**
   * The destinations (ids or names) for its future alerts, regardless of filters; null applies the filters again.
   */
  destinations?: string[] | null | undefined;
  /** What it asks by itself; null for nothing. */
  automaticBoomerang?: AutomaticBoomerangInput | null | undefined;
}

/** Changes what is set for a detection's future alerts; what is absent stays as it is. */
export function changeDetection(
  db: Database,
  change: DetectionChange,
  by: Principal,
): Promise<Detection | Refusal> {
  const { id, destinations, automaticBoomerang } = change;
  return transactionAs(db, by, "Manage Destinations", async (tx) => {
    const known = await listDestinations(tx);
    const override = destinations && chooseOverride(destinations, known);
    if (isRefusal(override)) return override;
    const asks = automaticBoomerang && toStore(automaticBoomerang, known);
    if (isRefusal(asks)) return asks;
    const before = await findDetection(tx, id);
    if (!before) return detectionNotFound;
    if (override !== undefined)
      await tx.updateTable("detections").set({ override }).where("id", "=", id).execute();
    if (asks !== undefined) {
      const stored = asks && JSON.stringify(asks);
      await tx.updateTable("detections").set({ automatic_boomerang: stored }).where("id", "=", id).execute();
    }
    const audited = { what: "destinations", target: { type: "detection", id } } as const;
    if (override !== undefined) {
      const changes = changesBetween({ ...before }, { destinations: override });
      await auditAndNotify(tx, by, { ...audited, action: "detection.overridden", changes });
    }
    if (asks !== undefined) {
      const changes = changesBetween({ ...before }, { automaticBoomerang: asks });
      await auditAndNotify(tx, by, { ...audited, action: "detection.boomerang_changed", changes });
    }
    return (await findDetection(tx, id)) ?? detectionNotFound;
  });
}

function listDestinations(tx: Transaction) {
  return tx
    .selectFrom("destinations")
    .select(["id", "display_name as name"])
    .where("deleted_at", "is", null)
    .execute();
}
