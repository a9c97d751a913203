import type { AlertType, Severity } from "../alert/alert.ts";
import { readPath, valueAt } from "../alert/context-path.ts";
import type { SilenceMatcher } from "../alert/silence.ts";
import { matchesGlob, meets } from "./match-field.ts";

/** A silence that runs. */
export interface RunningSilence extends SilenceMatcher {
  id: string;
  reason: string;
  /** The name of the person or token that created it. */
  by: string;
  alsoCritical: boolean;
  endsAt: Date;
}

/** What silences compare of an alert. */
export interface SilenceableAlert {
  sourceId: string;
  /** Null if the tool names none. */
  detectionId: string | null;
  title: string;
  severity: Severity;
  type: AlertType;
  context: Record<string, unknown>;
}

type Conditions = SilenceMatcher & { alsoCritical: boolean };

/** Whether a silence covers an alert (docs/behaviour.md#silences). */
export function covers(silence: Conditions, alert: SilenceableAlert): boolean {
  return coversSeverity(silence, alert.severity) && matches(silence, alert);
}

/** CRITICAL alerts are covered only by a silence that says so. */
export function coversSeverity(
  { severities, alsoCritical }: Pick<Conditions, "severities" | "alsoCritical">,
  severity: Severity,
): boolean {
  if (severity === "CRITICAL" && !alsoCritical) return false;
  return severities.length === 0 || severities.includes(severity);
}

/** Whether all conditions apply, of those about the severity none. */
export function matches(
  { source, detection, title, fields }: SilenceMatcher,
  alert: Omit<SilenceableAlert, "severity">,
): boolean {
  // An alert about Tocsin's own health must not vanish in a silence that means something else.
  if (alert.type === "SYSTEM_ERROR" && (detection === null || detection !== alert.detectionId)) return false;
  if (source !== null && source !== alert.sourceId) return false;
  if (detection !== null && detection !== alert.detectionId) return false;
  if (title !== null && !matchesGlob(alert.title, title)) return false;
  return fields.every((field) => meets(valueAt(alert.context, readPath(field.path) ?? []), field));
}

/** Of the silences that cover an alert the one that ends last, so that it isn't passed on more often than needed. */
export function chooseSilence<Silence extends RunningSilence>(
  silences: readonly Silence[],
  alert: SilenceableAlert,
): Silence | null {
  const covering = silences.filter((silence) => covers(silence, alert));
  return covering.reduce<Silence | null>(
    (last, one) => (last === null || one.endsAt > last.endsAt ? one : last),
    null,
  );
}

/** Why an alert is no longer silenced. */
export type LiftReason = "over" | "severity" | "asked";

export type MarkDecision =
  | { kind: "keep"; why: "not silenced" | "silence runs" | "closed by a person" }
  | { kind: "pass"; to: RunningSilence }
  | { kind: "lift"; because: LiftReason };

/** What reports that have joined an alert do to its mark. `alert` has the severity that they leave it with. */
export function decideMark(
  { silencedBy, closedByPerson }: { silencedBy: string | null; closedByPerson: boolean },
  alert: SilenceableAlert,
  silences: readonly RunningSilence[],
): MarkDecision {
  if (silencedBy === null) return { kind: "keep", why: "not silenced" };
  const current = silences.find(({ id }) => id === silencedBy);
  if (current && coversSeverity(current, alert.severity)) return { kind: "keep", why: "silence runs" };
  const next = chooseSilence(silences, alert);
  if (next) return { kind: "pass", to: next };
  // Nobody waits for it, so it isn't announced before it is reopened.
  if (closedByPerson) return { kind: "keep", why: "closed by a person" };
  return { kind: "lift", because: current ? "severity" : "over" };
}
