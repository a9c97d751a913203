import type { Alert } from "../../alert/alert.ts";
import { clockTime } from "../text/clock-time.ts";
import { reveal } from "../text/reveal.ts";

/** The fields of an alert that a question may name, by the name that stands between braces; nothing hidden in them. */
export function questionFields(
  alert: Alert,
  { timezone, now }: { timezone: string; now: Date },
): Record<string, string> {
  return {
    title: reveal(alert.title),
    number: `#${alert.number}`,
    severity: alert.severity,
    detection: reveal(alert.detection.name ?? alert.detection.id),
    time: clockTime(alert.firstEventOccurredAt ?? alert.createdAt, timezone, now),
  };
}
