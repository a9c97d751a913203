import type { Severity } from "../alert/alert.ts";
import type { RouteTold } from "../alert/history-event.ts";
import type { Report } from "../alert/report.ts";
import type { PreparedStatement, RunPrepared } from "../db/intake-transaction.ts";
import { chooseDestinations, type Routable, type Routed } from "./choose-destinations.ts";

/** What routing must know of an alert: the report that opened or raised it, and its severity now. */
interface ToRoute {
  sourceId: string;
  report: Pick<Report, "type" | "logTypes" | "destinations" | "detectionId" | "detectionName" | "own">;
  severity: Severity;
}

interface Route {
  destinations: Routable[];
  told: RouteTold;
  /** The detection, if this is its first alert. */
  newDetection: (DetectionName & { name: string | null }) | null;
}

/** Applies the settings to one alert, and says it in the words that the history keeps. */
export function routeAlert({ sourceId, report, severity }: ToRoute, settings: RoutingSettings): Route {
  const name: DetectionName = { sourceId, detectionId: report.detectionId };
  const override = settings.detections.get(detectionKey(name));
  const { type, logTypes, destinations: wanted } = report;
  const routed = chooseDestinations(
    { severity, type, logTypes, wanted, override: override ?? null, cause: report.own?.cause ?? null },
    settings.destinations,
  );
  return {
    destinations: routed.destinations,
    told: told(routed),
    newDetection: override === undefined && !report.own ? { ...name, name: report.detectionName } : null,
  };
}

function told({ reason, destinations, unknown, deleted, sharing }: Routed): RouteTold {
  const named = destinations.map(({ id, name }) => ({ id, name }));
  return { reason, destinations: named, unknown, deleted, ...(sharing.length > 0 && { sharing }) };
}

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

function detectionKey({ sourceId, detectionId }: DetectionName): string {
  return `${sourceId}:${detectionId}`;
}

const allDestinations: PreparedStatement = {
  name: "routable-destinations",
  text: `
    select id, display_name as name, line, installation_id as "installationId", severities,
      alert_types as "alertTypes", log_types as "logTypes", enabled, deleted_at is not null as deleted
    from destinations order by created_at`,
};

const knownDetections: PreparedStatement = {
  name: "known-detections",
  text: `
    select source_id as "sourceId", detection_id as "detectionId", known.override
    from unnest($1::uuid[], $2::text[]) as asked(source_id, detection_id), lateral (
      select override from detections d
      where d.source_id = asked.source_id and d.detection_id = asked.detection_id limit 1) known`,
};

export async function routingSettings(hot: RunPrepared, asked: DetectionName[]): Promise<RoutingSettings> {
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
