import type { RouteTold } from "../alert/history-event.ts";
import type { Report } from "../alert/report.ts";
import type { Severity } from "../alert/severity.ts";
import { chooseDestinations, type Routable, type Routed } from "./choose-destinations.ts";
import { type DetectionName, detectionKey, type RoutingSettings } from "./routing-settings.ts";

/** What routing must know of an alert: the report that opened or raised it, and its severity now. */
export interface ToRoute {
  sourceId: string;
  report: Pick<Report, "type" | "logTypes" | "destinations" | "detectionId" | "detectionName" | "own">;
  severity: Severity;
}

export interface Route {
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
