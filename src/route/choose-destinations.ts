import type { AlertType, Severity } from "../alert/alert.ts";
import { type FaultCause, faultCauses } from "../alert/destination.ts";
import type { NamedDestination, RouteReason } from "../alert/history-event.ts";
import type { WantedDestinations } from "../alert/report.ts";

/** A destination as routing sees it. Deleted ones stay, so that choosing one can be reported. */
export interface Routable {
  id: string;
  name: string;
  line: string;
  installationId: string | null;
  severities: string[];
  alertTypes: string[];
  logTypes: string[];
  enabled: boolean;
  deleted: boolean;
}

export interface Routed {
  reason: RouteReason;
  destinations: Routable[];
  /** Names in the report that no destination has. */
  unknown: string[];
  /** Destinations that were chosen by name, id or override and are deleted. */
  deleted: NamedDestination[];
  /** Destinations that need what the alert says is broken. */
  sharing: NamedDestination[];
}

export interface RouteQuestion {
  severity: Severity;
  type: AlertType;
  logTypes: string[];
  wanted: WantedDestinations;
  /** The detection's override: ids, or null without one. */
  override: string[] | null;
  /** What broke, if the alert is Tocsin's own about that. */
  cause: FaultCause | null;
}

/** Whose channel is it? The rules of spec section 4, the highest that applies. */
export function chooseDestinations(alert: RouteQuestion, all: Routable[]): Routed {
  if (alert.type === "SYSTEM_ERROR") return bySystem(alert.cause, all);
  if (alert.wanted) return byReport(alert.wanted, all);
  if (alert.override) return byOverride(alert.override, all);
  const matching = live(all).filter((destination) => takes(destination, alert));
  return routed(matching.length > 0 ? "settings" : "nothing_matches", matching);
}

function bySystem(cause: FaultCause | null, all: Routable[]): Routed {
  const takers = live(all).filter((destination) => destination.alertTypes.includes("SYSTEM_ERROR"));
  const shares = (destination: Routable) => cause !== null && faultCauses(destination).includes(cause);
  const well = takers.filter((destination) => !shares(destination));
  const sharing = takers.filter(shares).map(({ id, name }) => ({ id, name }));
  const none = takers.length > 0 ? "same_fault" : "nothing_matches";
  return { ...routed(well.length > 0 ? "system" : none, well), sharing };
}

function byReport(wanted: string[], all: Routable[]): Routed {
  if (wanted.length === 0) return routed("report_skips", []);
  const found = wanted.map((name) => findByName(name, all));
  const chosen = unique(found.filter((destination) => destination !== undefined));
  const unknown = wanted.filter((_, at) => !found[at]);
  return { ...splitDeleted("report", chosen), unknown };
}

function byOverride(ids: string[], all: Routable[]): Routed {
  const chosen = all.filter((destination) => ids.includes(destination.id));
  return splitDeleted("detection", chosen);
}

/** By id, else by name without regard to case; a living destination before a deleted one of that name. */
function findByName(name: string, all: Routable[]): Routable | undefined {
  const wanted = name.trim().toLowerCase();
  const named = (destination: Routable) => destination.name.toLowerCase() === wanted;
  return (
    all.find((destination) => destination.id === wanted) ??
    all.find((destination) => !destination.deleted && named(destination)) ??
    all.find(named)
  );
}

function takes(destination: Routable, alert: RouteQuestion): boolean {
  return (
    destination.severities.includes(alert.severity) &&
    destination.alertTypes.includes(alert.type) &&
    (destination.logTypes.length === 0 || alert.logTypes.some((type) => destination.logTypes.includes(type)))
  );
}

function live(all: Routable[]): Routable[] {
  return all.filter((destination) => !destination.deleted && destination.enabled);
}

/** A disabled destination that was chosen is left out like one that doesn't match: no new deliveries. */
function splitDeleted(reason: RouteReason, chosen: Routable[]): Routed {
  const deleted = chosen.filter((destination) => destination.deleted);
  return { ...routed(reason, live(chosen)), deleted: deleted.map(({ id, name }) => ({ id, name })) };
}

function routed(reason: RouteReason, destinations: Routable[]): Routed {
  return { reason, destinations, unknown: [], deleted: [], sharing: [] };
}

function unique(destinations: Routable[]): Routable[] {
  return [...new Set(destinations)];
}
