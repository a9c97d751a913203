import { isRefusal, type Refusal } from "../alert/refusal.ts";
import type { Database } from "../db/connect.ts";
import type { Transaction } from "../db/transaction.ts";
import { auditAndNotify } from "../people/audit-log/audit.ts";
import { changesBetween } from "../people/audit-log/changes.ts";
import type { Principal } from "../people/principal.ts";
import { transactionAs } from "../people/transaction-as.ts";
import { type Detection, findDetection } from "./list-detections.ts";

interface Named {
  id: string;
  name: string;
}

/** Resolves destination names and ids to distinct ids; refuses unknown ones. */
export function chooseOverride(wanted: readonly string[], all: readonly Named[]): string[] | Refusal {
  const found = wanted.map((text) => find(text.trim().toLowerCase(), all)?.id);
  const unknown = wanted.filter((_, at) => found[at] === undefined);
  if (unknown.length === 0) return [...new Set(found.filter((id) => id !== undefined))];
  const names = unknown.map((text) => `"${text}"`).join(", ");
  return {
    refused: "invalid",
    field: "destinations",
    why: `Unknown destinations: ${names}. Use names or ids of existing destinations.`,
  };
}

function find(wanted: string, all: readonly Named[]): Named | undefined {
  return all.find(({ id }) => id === wanted) ?? all.find(({ name }) => name.toLowerCase() === wanted);
}

const detectionNotFound: Refusal = { refused: "not_found", why: "There is no such detection." };

/**
 * Sets the destinations (ids or names) for a detection's future alerts, regardless of filters; null applies
 * the filters again.
 */
export function overrideDetection(
  db: Database,
  { id, destinations }: { id: string; destinations: string[] | null },
  by: Principal,
): Promise<Detection | Refusal> {
  return transactionAs(db, by, "Manage Destinations", async (tx) => {
    const override = destinations && chooseOverride(destinations, await listDestinations(tx));
    if (isRefusal(override)) return override;
    const before = await findDetection(tx, id);
    await tx.updateTable("detections").set({ override }).where("id", "=", id).execute();
    const detection = await findDetection(tx, id);
    if (!before || !detection) return detectionNotFound;
    await auditAndNotify(tx, by, {
      what: "destinations",
      action: "detection.overridden",
      target: { type: "detection", id },
      changes: changesBetween({ ...before }, { destinations: override }),
    });
    return detection;
  });
}

function listDestinations(tx: Transaction) {
  return tx
    .selectFrom("destinations")
    .select(["id", "display_name as name"])
    .where("deleted_at", "is", null)
    .execute();
}
