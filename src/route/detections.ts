import { v7 as uuidv7 } from "uuid";
import type { AutomaticBoomerang } from "../alert/automatic-boomerang.ts";
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
  { id, ...change }: DetectionChange,
  by: Principal,
): Promise<Detection | Refusal> {
  return transactionAs(db, by, "Manage Destinations", async (tx) => {
    const settings = await resolve(tx, change);
    if (isRefusal(settings)) return settings;
    const before = await findDetection(tx, id);
    if (!before) return detectionNotFound;
    await store(tx, by, { before, ...settings });
    return (await findDetection(tx, id)) ?? detectionNotFound;
  });
}

interface NewDetection extends Omit<DetectionChange, "id"> {
  /** A source's id. */
  source: string;
  detectionId: string;
  name?: string | undefined;
}

/** Sets what applies to a detection before its first alert. A refusal if it is listed already. */
export function createDetection(
  db: Database,
  { source, detectionId, name, ...change }: NewDetection,
  by: Principal,
): Promise<Detection | Refusal> {
  return transactionAs(db, by, "Manage Destinations", async (tx) => {
    const settings = await resolve(tx, change);
    if (isRefusal(settings)) return settings;
    const known = tx.selectFrom("sources").select("id").where("id", "=", source);
    if (!(await known.where("deleted_at", "is", null).forShare().executeTakeFirst())) return noSource;
    const id = uuidv7();
    const inserted = await tx
      .insertInto("detections")
      .values({ id, source_id: source, detection_id: detectionId, name: name ?? null })
      .onConflict((same) => same.doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!inserted) return alreadyListed;
    const before = await findDetection(tx, id);
    if (before) await store(tx, by, { before, ...settings });
    return (await findDetection(tx, id)) ?? detectionNotFound;
  });
}

const noSource: Refusal = { refused: "invalid", field: "source", why: "No source has this ID." };
const alreadyListed: Refusal = {
  refused: "conflict",
  field: "detectionId",
  why: "The source has this detection already. Change it with PATCH /detections/{id}.",
};

interface Resolved {
  override: string[] | null | undefined;
  asks: AutomaticBoomerang | null | undefined;
}

/** The settings to store: destinations by id. */
async function resolve(
  tx: Transaction,
  { destinations, automaticBoomerang }: Omit<DetectionChange, "id">,
): Promise<Resolved | Refusal> {
  const known = await listDestinations(tx);
  const override = destinations && chooseOverride(destinations, known);
  if (isRefusal(override)) return override;
  const asks = automaticBoomerang && toStore(automaticBoomerang, known);
  return isRefusal(asks) ? asks : { override, asks };
}

async function store(
  tx: Transaction,
  by: Principal,
  { before, override, asks }: Resolved & { before: Detection },
): Promise<void> {
  const { id } = before;
  const audited = { what: "destinations", target: { type: "detection", id } } as const;
  if (override !== undefined) {
    await tx.updateTable("detections").set({ override }).where("id", "=", id).execute();
    const changes = changesBetween({ ...before }, { destinations: override });
    await auditAndNotify(tx, by, { ...audited, action: "detection.overridden", changes });
  }
  if (asks !== undefined) {
    const stored = asks && JSON.stringify(asks);
    await tx.updateTable("detections").set({ automatic_boomerang: stored }).where("id", "=", id).execute();
    const changes = changesBetween({ ...before }, { automaticBoomerang: asks });
    await auditAndNotify(tx, by, { ...audited, action: "detection.boomerang_changed", changes });
  }
}

function listDestinations(tx: Transaction) {
  return tx
    .selectFrom("destinations")
    .select(["id", "display_name as name"])
    .where("deleted_at", "is", null)
    .execute();
}
