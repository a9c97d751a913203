import { v7 as uuidv7 } from "uuid";
import type { Hot, Statement } from "../db/intake-transaction.ts";
import type { DetectionName } from "./routing-settings.ts";

const statement: Statement = {
  name: "remember-detections",
  text: `
    insert into detections (id, source_id, detection_id, name)
    select * from json_to_recordset($1::json) as d(id uuid, source_id uuid, detection_id text, name text)
    order by source_id, detection_id
    on conflict do nothing`,
};

/** A detection appears in the Console when its first alert comes in. */
export async function rememberDetections(
  hot: Hot,
  detections: (DetectionName & { name: string | null })[],
): Promise<void> {
  if (detections.length === 0) return;
  const rows = detections.map(({ sourceId, detectionId, name }) => ({
    id: uuidv7(),
    source_id: sourceId,
    detection_id: detectionId,
    name,
  }));
  await hot(statement, [JSON.stringify(rows)]);
}
