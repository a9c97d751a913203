import type { GivenDisposition } from "./disposition.ts";

/** The current state of an alert, as cards, the Console and the API show it. */
export interface Alert extends GivenDisposition {
  id: string;
  number: number;
  version: number;
  title: string;
  severity: Severity;
  status: Status;
  type: AlertType;
  source: { id: string; name: string; kind: string };
  /** Null if the tool names none. */
  detection: { id: string; name: string | null } | null;
  dedupString: string;
  logTypes: string[];
  tags: string[];
  reports: Record<string, string[]>;
  description: string | null;
  runbook: string | null;
  reference: string | null;
  context: Record<string, unknown>;
  eventCount: number;
  /** A person closed it, and different reports have joined since. */
  reportedAgain: boolean;
  /** The silence that keeps it away from people; null for an alert that is not silenced. */
  silencedBy: string | null;
  assignee: Person | null;
  createdAt: Date;
  firstEventOccurredAt: Date;
  lastReceivedEventAt: Date;
  updatedAt: Date;
  updatedBy: Actor;
  /** Who set the current status, when, and with which comment; null until somebody does. */
  statusSet: { by: Actor; via: string; at: Date; comment: string | null } | null;
}

/** The name of the alert's detection for people; empty without one. */
export function detectionLabel({ detection }: Pick<Alert, "detection">): string {
  return detection?.name ?? detection?.id ?? "";
}

/** Who did something. `id` is null for Tocsin itself. */
export interface Actor {
  type: "user" | "token" | "source" | "system";
  id: string | null;
  name: string;
}

export const vias = ["slack", "console", "api", "source", "system"] as const;
/** The interface that was used. */
export type Via = (typeof vias)[number];

export const systemActor: Actor = { type: "system", id: null, name: "Tocsin" };

export const alertTypes = [
  "RULE",
  "SCHEDULED_RULE",
  "CORRELATION_RULE",
  "POLICY",
  "RULE_ERROR",
  "SCHEDULED_RULE_ERROR",
  "CORRELATION_RULE_ERROR",
  "POLICY_ERROR",
  "SYSTEM_ERROR",
] as const;
export type AlertType = (typeof alertTypes)[number];

export const alertTypeLabels: Record<AlertType, string> = {
  RULE: "Rule",
  SCHEDULED_RULE: "Scheduled rule",
  CORRELATION_RULE: "Correlation rule",
  POLICY: "Policy",
  RULE_ERROR: "Rule error",
  SCHEDULED_RULE_ERROR: "Scheduled rule error",
  CORRELATION_RULE_ERROR: "Correlation rule error",
  POLICY_ERROR: "Policy error",
  SYSTEM_ERROR: "System health",
};

/**
 * Maps a tool's type, in any case, to ours: an unknown `…_ERROR` becomes RULE_ERROR, any other unknown type
 * RULE.
 */
export function readAlertType(word: string): { type: AlertType; known: boolean } {
  const upper = word.toUpperCase();
  const found = alertTypes.find((type) => type === upper);
  if (found) return { type: found, known: true };
  return { type: upper.endsWith("_ERROR") ? "RULE_ERROR" : "RULE", known: false };
}

/** A Tocsin user who is or was the assignee of an alert. */
export interface Person {
  id: string;
  email: string;
  name: string;
}

/** From least to most severe. Routing, queues and lists sort in this order. */
export const severities = ["INFO", "LOW", "MEDIUM", "HIGH", "CRITICAL"] as const;
export type Severity = (typeof severities)[number];

/** Most severe first, the order of selects. */
export const severityLabels: Record<Severity, string> = {
  CRITICAL: "Critical",
  HIGH: "High",
  MEDIUM: "Medium",
  LOW: "Low",
  INFO: "Info",
};

/** Positive when `a` is more severe, for Array.sort. */
export function compareSeverity(a: Severity, b: Severity): number {
  return severities.indexOf(a) - severities.indexOf(b);
}

export const statuses = ["OPEN", "TRIAGED", "RESOLVED", "CLOSED"] as const;
export type Status = (typeof statuses)[number];

/** The API and the database say CLOSED where people read Invalid. */
export const statusLabels: Record<Status, string> = {
  OPEN: "Open",
  TRIAGED: "Triaged",
  RESOLVED: "Resolved",
  CLOSED: "Invalid",
};

/** Whether somebody still has to look at the alert. */
export function isOpen(status: Status): boolean {
  return status === "OPEN" || status === "TRIAGED";
}
