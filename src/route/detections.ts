import type { Kysely } from "kysely";
import type { Tables } from "../db/tables/tables.ts";

/** What a source looks for, as its reports name it. */
export interface Detection {
  id: string;
  source: { id: string; name: string };
  detectionId: string;
  name: string | null;
  /** Ids of the destinations that its alerts go to; null lets the destinations' filters decide. */
  destinations: string[] | null;
  createdAt: Date;
}

interface Wanted {
  source?: string | undefined;
  /** Part of its id or name. */
  q?: string | undefined;
  after: string | null;
  count: number;
}

/** At most `count` detections, newest first, after the one whose id is `after`. */
export async function listDetections(
  db: Kysely<Tables>,
  { source, q, after, count }: Wanted,
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

/** One detection; null if there is none. */
export async function findDetection(db: Kysely<Tables>, id: string): Promise<Detection | null> {
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
