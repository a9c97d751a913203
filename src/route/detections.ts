import type { Kysely } from "kysely";
import { isRefusal, type Refusal } from "../alert/refusal.ts";
import type { Database } from "../db/connect.ts";
import type { Tables } from "../db/tables/tables.ts";
import type { Transaction } from "../db/transaction.ts";
import { auditAndNotify } from "../people/audit-log/audit.ts";
import { changesBetween } from "../people/audit-log/changes.ts";
import type { Principal } from "../people/principal.ts";
import { transactionAs } from "../people/transaction-as.ts";

/** A rule of a source, as its reports name it. */
export interface Detection {
  id: string;
  source: { id: string; name: string };
  detectionId: string;
  name: string | null;
  /** The override: ids of the destinations for its alerts; null applies the destinations' filters. */
  destinations: string[] | null;
  createdAt: Date;
}

interface DetectionFilter {
  source?: string | undefined;
  /** Part of the id or name. */
  q?: string | undefined;
  after: string | null;
  count: number;
}

/** Lists at most `count` detections, newest first, after the id `after`. */
export async function listDetections(
  db: Kysely<Tables>,
  { source, q, after, count }: DetectionFilter,
): Promise<Detection[]> {
  let found = selectDetections(db).orderBy("detections.id", "desc").limit(count);
  if (source) found = found.where("source_id", "=", source);
  if (after) found = found.where("detections.id", "<", after);
  if (q) {
    const like = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
    found = found.where((or) =>
      or.or([or("detection_id", "ilike", like), or("detections.name", "ilike", like)]),
    );
  }
  return (await found.execute()).map(toDetection);
}

async function findDetection(db: Kysely<Tables>, id: string): Promise<Detection | null> {
  const found = await selectDetections(db).where("detections.id", "=", id).executeTakeFirst();
  return found ? toDetection(found) : null;
}

function selectDetections(db: Kysely<Tables>) {
  return db
    .selectFrom("detections")
    .innerJoin("sources", "sources.id", "detections.source_id")
    .select(["detections.id", "source_id", "sources.name as source_name", "detection_id as detectionId"])
    .select(["detections.name", "override as destinations", "detections.created_at as createdAt"]);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectDetections>["executeTakeFirstOrThrow"]>>;

function toDetection({ source_id, source_name, ...row }: Row): Detection {
  return { ...row, source: { id: source_id, name: source_name } };
}

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
