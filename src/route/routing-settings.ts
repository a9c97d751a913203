import { sql } from "kysely";
import type { Transaction } from "../db/transaction.ts";
import type { Routable } from "./choose-destinations.ts";

/** What routing needs to know, read in the transaction that opens the alerts. */
export interface RoutingSettings {
  destinations: Routable[];
  /** The detections asked for that are known, by `detectionKey`, each with its override or null. */
  detections: Map<string, string[] | null>;
}

export interface DetectionName {
  sourceId: string;
  detectionId: string;
}

export function detectionKey({ sourceId, detectionId }: DetectionName): string {
  return `${sourceId}:${detectionId}`;
}

export async function routingSettings(tx: Transaction, asked: DetectionName[]): Promise<RoutingSettings> {
  const [destinations, detections] = await Promise.all([
    sql<Routable>`
      select id, display_name as name, installation_id || ':' || channel_id as line, severities,
        alert_types as "alertTypes", log_types as "logTypes", enabled, deleted_at is not null as deleted
      from destinations`.execute(tx),
    sql<DetectionName & { override: string[] | null }>`
      select source_id as "sourceId", detection_id as "detectionId", override from detections
      where (source_id, detection_id) in (
        select * from unnest(${asked.map((name) => name.sourceId)}::uuid[],
          ${asked.map((name) => name.detectionId)}::text[]))`.execute(tx),
  ]);
  return {
    destinations: destinations.rows,
    detections: new Map(detections.rows.map((row) => [detectionKey(row), row.override])),
  };
}
