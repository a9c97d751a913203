import type { Severity } from "../alert/alert.ts";
import type { Refusal } from "../alert/refusal.ts";
import {
  isUnconditional,
  maxRunningSilences,
  maxSilenceDays,
  type SilenceMatcher,
} from "../alert/silence.ts";

interface Requested extends SilenceMatcher {
  alsoCritical: boolean;
  alertId?: string | undefined;
}

/** What the database says when a silence is created. */
interface Facts {
  /** How many silences run. */
  running: number;
  /** Whether the named source and alert exist. */
  source: boolean;
  alert: boolean;
  now: Date;
  /** The time at which it ends, if the request names one. */
  until: Date | null;
}

/** Why a silence can't be created; null if it can. */
export function decideCreation(request: Requested, facts: Facts): Refusal | null {
  const { source, alertId } = request;
  if (isUnconditional(request))
    return invalid(
      "detection",
      "Without a condition it would silence every alert. Name a detection, a source, a title, severities or a field.",
    );
  if (source !== null && !facts.source) return invalid("source", "No source has this ID.");
  if (alertId !== undefined && !facts.alert) return invalid("alertId", "No alert has this ID.");
  if (facts.running >= maxRunningSilences)
    return {
      refused: "conflict",
      why: `${maxRunningSilences} silences are running, which is the limit. End some first.`,
    };
  return (
    decideCritical(request) ?? (facts.until && decideEnd(facts.until, { from: facts.now, now: facts.now }))
  );
}

/** Why a silence can't be changed like this; null if it can. */
export function decideChange(
  silence: { severities: readonly Severity[]; alsoCritical: boolean; createdAt: Date },
  change: { until?: string | undefined; forMinutes?: number | undefined; alsoCritical?: boolean | undefined },
  now: Date,
): Refusal | null {
  const { alsoCritical = silence.alsoCritical, until, forMinutes } = change;
  const end =
    until === undefined ? forMinutes && new Date(now.getTime() + forMinutes * 60_000) : new Date(until);
  const field = until === undefined ? "forMinutes" : "until";
  return (
    decideCritical({ ...silence, alsoCritical }) ??
    (end ? decideEnd(end, { from: silence.createdAt, now, field }) : null)
  );
}

function decideCritical({ severities, alsoCritical }: Pick<Requested, "severities" | "alsoCritical">) {
  if (alsoCritical || severities.length === 0 || severities.some((one) => one !== "CRITICAL")) return null;
  return invalid("alsoCritical", "CRITICAL alerts are silenced only if you confirm it with alsoCritical.");
}

function decideEnd(end: Date, { from, now, field = "until" }: { from: Date; now: Date; field?: string }) {
  if (end <= now) return invalid(field, "The end is over already. Choose a later time.");
  if (end.getTime() - from.getTime() > maxSilenceDays * 24 * 3600_000)
    return invalid(field, `A silence lasts at most ${maxSilenceDays} days. Choose an earlier time.`);
  return null;
}

function invalid(field: string, why: string): Refusal {
  return { refused: "invalid", field, why };
}
