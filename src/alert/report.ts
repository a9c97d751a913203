import type { AlertType, Severity } from "./alert.ts";
import type { FaultCause } from "./destination.ts";

/** How a report is matched with earlier ones (spec section 3). */
export type DedupIdentity =
  /** The tool names its own alert: no window. */
  | { kind: "named"; id: string }
  /** Same detection and string within a period that starts when the alert opens. */
  | { kind: "windowed"; dedupString: string; periodMinutes: number };

/** Where the report itself wants to go: `null` lets the settings decide, an empty list goes nowhere. */
export type WantedDestinations = string[] | null;

/** What a source said about one alert, in Tocsin's words. Every field is already cut to its limit. */
export interface Report {
  /** "firing" opens or joins; "resolved" says that it is over. */
  says: "firing" | "resolved";
  title: string;
  severity: Severity;
  type: AlertType;
  detectionId: string;
  detectionName: string | null;
  identity: DedupIdentity;
  logTypes: string[];
  tags: string[];
  reports: Record<string, string[]>;
  description: string | null;
  runbook: string | null;
  reference: string | null;
  context: Record<string, unknown>;
  destinations: WantedDestinations;
  /** When it happened, as the tool says; else null. */
  occurredAt: Date | null;
  /** What the tool sent, kept as a sample. */
  event: unknown;
  /** Only Tocsin's own reports have it. */
  own?: OwnReport;
}

/** What Tocsin says of its own set-up. */
interface OwnReport {
  /** What broke: destinations that need it can't be told. */
  cause: FaultCause;
  /** Why it is over, in words. */
  comment: string | null;
}

/** The tools whose reports Tocsin can read; each has a parser in `ingest/sources/`. */
export const sourceKinds = ["native", "panther", "alertmanager", "slack-webhook"] as const;
export type SourceKind = (typeof sourceKinds)[number];

export const sourceKindLabels: Record<SourceKind, string> = {
  native: "Tocsin (JSON)",
  panther: "Panther",
  alertmanager: "Prometheus Alertmanager",
  "slack-webhook": "Slack incoming webhook",
};

/** Whether a source may resolve an alert (spec section 3). */
export const resolvePolicies = ["always", "untouched", "never"] as const;
export type ResolvePolicy = (typeof resolvePolicies)[number];

export const resolvePolicyLabels: Record<ResolvePolicy, string> = {
  untouched: "Only while untouched",
  always: "Always",
  never: "Never",
};
