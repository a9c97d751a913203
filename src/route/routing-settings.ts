import type { Hot, Statement } from "../db/intake-transaction.ts";
import type { Routable } from "./choose-destinations.ts";

export interface DetectionName {
  sourceId: string;
  detectionId: string;
}

/** What routing needs to know, read in the transaction that opens the alerts. */
export interface RoutingSettings {
  destinations: Routable[];
  /** The detections asked for that are known, by `detectionKey`, each with its override or null. */
  detections: Map<string, string[] | null>;
}

export function detectionKey({ sourceId, detectionId }: DetectionName): string {
  return `${sourceId}:${detectionId}`;
}

const allDestinations: Statement = {
  name: "routable-destinations",
  text: `
    select id, display_name as name, line, installation_id as "installationId", severities,
      alert_types as "alertTypes", log_types as "logTypes", enabled, deleted_at is not null as deleted
    from destinations order by created_at`,
};

const knownDetections: Statement = {
  name: "known-detections",
  text: `
    select source_id as "sourceId", detection_id as "detectionId", known.override
    from unnest($1::uuid[], $2::text[]) as asked(source_id, detection_id), lateral (
      select override from detections d
      where d.source_id = asked.source_id and d.detection_id = asked.detection_id limit 1) known`,
};

export async function routingSettings(hot: Hot, asked: DetectionName[]): Promise<RoutingSettings> {
  const distinct = [...new Map(asked.map((name) => [detectionKey(name), name])).values()];
  const [destinations, detections] = await Promise.all([
    hot<Routable>(allDestinations, []),
    hot<DetectionName & { override: string[] | null }>(knownDetections, [
      distinct.map((name) => name.sourceId),
      distinct.map((name) => name.detectionId),
    ]),
  ]);
  return { destinations, detections: new Map(detections.map((row) => [detectionKey(row), row.override])) };
}
