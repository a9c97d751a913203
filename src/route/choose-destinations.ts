import type { AlertType, Severity } from "../alert/alert.ts";
import { type Escalation, type FaultCause, faultCauses } from "../alert/destination.ts";
import type { NamedDestination, RouteReason } from "../alert/history-event.ts";
import type { RequestedDestinations } from "../alert/report.ts";

/** The fields of a destination that routing needs. Includes deleted ones, so that history can name them. */
export interface RoutableDestination {
  id: string;
  name: string;
  line: string;
  installationId: string | null;
  severities: string[];
  alertTypes: string[];
  logTypes: string[];
  enabled: boolean;
  deleted: boolean;
  /** Minutes by severity until an alert on which nobody acts also goes elsewhere. */
  escalateAfter: Escalation["afterMinutes"];
}

export interface RouteDecision {
  reason: RouteReason;
  destinations: RoutableDestination[];
  /** Names in the report that no destination has. */
  unknown: string[];
  /** Deleted destinations that the report or the override names. */
  deleted: NamedDestination[];
  /** Destinations left out because they share the fault that the alert reports. */
  sharing: NamedDestination[];
}

export interface RouteInput {
  severity: Severity;
  type: AlertType;
  logTypes: string[];
  requested: RequestedDestinations;
  /** Destination ids of the detection's override; null without one. */
  override: string[] | null;
  /** The fault that the alert reports, for Tocsin's own alerts. */
  cause: FaultCause | null;
}

/** Applies the first rule of docs/behaviour.md#4-route that matches. */
export function chooseDestinations(alert: RouteInput, all: RoutableDestination[]): RouteDecision {
  if (alert.type === "SYSTEM_ERROR") return routeSystemAlert(alert.cause, all);
  if (alert.requested) return routeByReport(alert.requested, all);
  if (alert.override) return routeByOverride(alert.override, all);
  const matching = available(all).filter((destination) => matchesFilters(destination, alert));
  return decision(matching.length > 0 ? "settings" : "nothing_matches", matching);
}

function routeSystemAlert(cause: FaultCause | null, all: RoutableDestination[]): RouteDecision {
  const candidates = available(all).filter((destination) => destination.alertTypes.includes("SYSTEM_ERROR"));
  const shares = (destination: RoutableDestination) =>
    cause !== null && faultCauses(destination).includes(cause);
  const unaffected = candidates.filter((destination) => !shares(destination));
  const sharing = candidates.filter(shares).map(({ id, name }) => ({ id, name }));
  const none = candidates.length > 0 ? "same_fault" : "nothing_matches";
  return { ...decision(unaffected.length > 0 ? "system" : none, unaffected), sharing };
}

function routeByReport(requested: string[], all: RoutableDestination[]): RouteDecision {
  if (requested.length === 0) return decision("report_skips", []);
  const found = requested.map((name) => findByName(name, all));
  const chosen = unique(found.filter((destination) => destination !== undefined));
  const unknown = requested.filter((_, at) => !found[at]);
  return { ...splitDeleted("report", chosen), unknown };
}

function routeByOverride(ids: string[], all: RoutableDestination[]): RouteDecision {
  const chosen = all.filter((destination) => ids.includes(destination.id));
  return splitDeleted("detection", chosen);
}

/** Finds a destination by id, otherwise by name regardless of case, existing ones before deleted ones. */
function findByName(name: string, all: RoutableDestination[]): RoutableDestination | undefined {
  const wanted = name.trim().toLowerCase();
  const named = (destination: RoutableDestination) => destination.name.toLowerCase() === wanted;
  return (
    all.find((destination) => destination.id === wanted) ??
    all.find((destination) => !destination.deleted && named(destination)) ??
    all.find(named)
  );
}

function matchesFilters(destination: RoutableDestination, alert: RouteInput): boolean {
  return (
    destination.severities.includes(alert.severity) &&
    destination.alertTypes.includes(alert.type) &&
    (destination.logTypes.length === 0 || alert.logTypes.some((type) => destination.logTypes.includes(type)))
  );
}

function available(all: RoutableDestination[]): RoutableDestination[] {
  return all.filter((destination) => !destination.deleted && destination.enabled);
}

/** Separates deleted destinations, and drops disabled ones, which get no new deliveries. */
function splitDeleted(reason: RouteReason, chosen: RoutableDestination[]): RouteDecision {
  const deleted = chosen.filter((destination) => destination.deleted);
  return { ...decision(reason, available(chosen)), deleted: deleted.map(({ id, name }) => ({ id, name })) };
}

function decision(reason: RouteReason, destinations: RoutableDestination[]): RouteDecision {
  return { reason, destinations, unknown: [], deleted: [], sharing: [] };
}

function unique(destinations: RoutableDestination[]): RoutableDestination[] {
  return [...new Set(destinations)];
}
