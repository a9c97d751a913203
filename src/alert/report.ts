import type { AlertType, Severity } from "./alert.ts";
import type { FaultCause } from "./destination.ts";

/** How a report is matched with earlier ones (docs/behaviour.md#3-dedup). */
export type DedupIdentity =
  /**
   * The tool's own id of its alert, without a time limit. With `startsAt`, the alert can start again: since when it
   * fires, or null if the report doesn't say (docs/behaviour.md#alertmanager-and-grafana).
   */
  | { kind: "named"; id: string; startsAt?: Date | null }
  /** Same detection and dedup string within a period that starts when the alert opens. */
  | { kind: "windowed"; dedupString: string; periodMinutes: number };

/** Destinations that the report names: null applies the settings, an empty list sends the alert nowhere. */
export type RequestedDestinations = string[] | null;

/** A parsed report. Every field is already cut to its limit. */
export interface Report {
  /** "firing" opens or joins an alert; "resolved" reports its end. */
  says: "firing" | "resolved";
  title: string;
  severity: Severity;
  type: AlertType;
  /** The rule that raised it; null if the tool names none. */
  detectionId: string | null;
  detectionName: string | null;
  identity: DedupIdentity;
  logTypes: string[];
  tags: string[];
  reports: Record<string, string[]>;
  description: string | null;
  runbook: string | null;
  reference: string | null;
  context: Record<string, unknown>;
  destinations: RequestedDestinations;
  /** When it happened, according to the tool. */
  occurredAt: Date | null;
  /** The original event, kept as a sample. */
  event: unknown;
  /** The source's default severity applies: the word that Tocsin doesn't know, or null if there was none. */
  unknownSeverity?: string | null;
  /** Set only on Tocsin's own reports. */
  own?: OwnReport;
}

/** A fault of Tocsin's own setup. */
interface OwnReport {
  /** What broke. Destinations that depend on it don't get the alert. Null: a source, which none depends on. */
  cause: FaultCause | null;
  /** What ended the fault, for the history. */
  comment: string | null;
}

/** When a "resolved" from a source resolves the alert (docs/behaviour.md#resolved-from-a-source). */
export const resolvePolicies = ["always", "untouched", "never"] as const;
export type ResolvePolicy = (typeof resolvePolicies)[number];

export const resolvePolicyLabels: Record<ResolvePolicy, string> = {
  untouched: "Only while untouched",
  always: "Always",
  never: "Never",
};

/** When reports open an alert again that a person closed: after this many different ones, or never (null). */
export function reopenText(after: number | null): string {
  if (after === null) return "Never";
  return after === 1 ? "At the first different report" : `After ${after} different reports`;
}

/** What Tocsin raises an alert about, at most one at a time for each source. */
export type SourceFault = "SOURCE_NO_DATA" | "SOURCE_UNREADABLE";

/** What became of a body that a source sent: all of its reports were taken as they are, some or with warnings, or none. */
export const bodyOutcomes = ["taken", "partly", "refused"] as const;
export type BodyOutcome = (typeof bodyOutcomes)[number];
