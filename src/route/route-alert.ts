import type { Severity } from "../alert/alert.ts";
import type { NamedSilence, RouteData } from "../alert/history-event.ts";
import type { Report } from "../alert/report.ts";
import type { PreparedStatement, RunPrepared } from "../db/intake-transaction.ts";
import { chooseDestinations, type RoutableDestination, type RouteDecision } from "./choose-destinations.ts";

/** The report that opened or raised an alert, and the alert's current severity. */
export interface AlertToRoute {
  sourceId: string;
  report: Pick<
    Report,
    "type" | "title" | "logTypes" | "destinations" | "detectionId" | "detectionName" | "own"
  >;
  severity: Severity;
}

export interface Route {
  destinations: RoutableDestination[];
  route: RouteData;
  /** Set if this is the first alert of the detection. */
  newDetection: (DetectionName & { name: string | null }) | null;
  /** Its detection asks by itself about an alert that opens so; never about an INFO alert. */
  asks: boolean;
}

/** Routes one alert, and describes the result for the history. */
export function routeAlert({ sourceId, report, severity }: AlertToRoute, settings: RoutingSettings): Route {
  const key = detectionKey(overrideName(sourceId, report));
  const override = settings.detections.get(key);
  const { type, logTypes, destinations: requested, detectionId } = report;
  const routed = chooseDestinations(
    { severity, type, logTypes, requested, override: override ?? null, cause: report.own?.cause ?? null },
    settings.destinations,
  );
  return {
    destinations: routed.destinations,
    route: routeData(routed),
    newDetection:
      detectionId !== null && override === undefined && !report.own
        ? { sourceId, detectionId, name: report.detectionName }
        : null,
    asks: severity !== "INFO" && !report.own && settings.asking.has(key),
  };
}

/** The route of an alert that a silence covers: to no destination. */
export function silencedRoute(route: Route, { id, reason, by }: NamedSilence): Route {
  const data: RouteData = {
    reason: "silenced",
    destinations: [],
    unknown: [],
    deleted: [],
    silence: { id, reason, by },
  };
  return { ...route, destinations: [], route: data, asks: false };
}

function routeData({ reason, destinations, unknown, deleted, sharing }: RouteDecision): RouteData {
  const named = destinations.map(({ id, name }) => ({ id, name }));
  return { reason, destinations: named, unknown, deleted, ...(sharing.length > 0 && { sharing }) };
}

export interface DetectionName {
  sourceId: string;
  detectionId: string;
}

/**
 * The detection whose override applies to a report. Titles counted as detections before, so an override that a title
 * got then still applies to reports without a detection.
 */
export function overrideName(
  sourceId: string,
  { detectionId, title }: Pick<Report, "detectionId" | "title">,
): DetectionName {
  return { sourceId, detectionId: detectionId ?? title };
}

/** What routing depends on, read in the transaction that opens the alerts. */
export interface RoutingSettings {
  destinations: RoutableDestination[];
  /** The known ones of the requested detections, by `detectionKey`, with their override or null. */
  detections: Map<string, string[] | null>;
  /** Those of them that ask by themselves. */
  asking: ReadonlySet<string>;
}

function detectionKey({ sourceId, detectionId }: DetectionName): string {
  return `${sourceId}:${detectionId}`;
}

export const allDestinations: PreparedStatement = {
  name: "routable-destinations",
  text: `
    select id, display_name as name, line, installation_id as "installationId", severities,
      alert_types as "alertTypes", log_types as "logTypes", enabled, deleted_at is not null as deleted,
      case when escalate_to is null then '{}' else escalate_after end as "escalateAfter"
    from destinations order by created_at`,
};

const knownDetections: PreparedStatement = {
  name: "known-detections",
  text: `
    select source_id as "sourceId", detection_id as "detectionId", known.override, known.asks
    from unnest($1::uuid[], $2::text[]) as asked(source_id, detection_id), lateral (
      select override, automatic_boomerang is not null as asks from detections d
      where d.source_id = asked.source_id and d.detection_id = asked.detection_id limit 1) known`,
};

export async function routingSettings(
  runPrepared: RunPrepared,
  names: DetectionName[],
): Promise<RoutingSettings> {
  const distinct = [...new Map(names.map((name) => [detectionKey(name), name])).values()];
  const [destinations, detections] = await Promise.all([
    runPrepared<RoutableDestination>(allDestinations, []),
    runPrepared<DetectionName & { override: string[] | null; asks: boolean }>(knownDetections, [
      distinct.map((name) => name.sourceId),
      distinct.map((name) => name.detectionId),
    ]),
  ]);
  return {
    destinations,
    detections: new Map(detections.map((row) => [detectionKey(row), row.override])),
    asking: new Set(detections.filter(({ asks }) => asks).map(detectionKey)),
  };
}
