import type { Alert } from "../../alert/alert.ts";
import { clockTime } from "../text/clock-time.ts";

/** The fields of an alert that a question may name, by the name that stands between braces. */
export function questionFields(
  alert: Alert,
  { timezone, now }: { timezone: string; now: Date },
): Record<string, string> {
  return {
    title: alert.title,
    number: `#${alert.number}`,
    severity: alert.severity,
    detection: alert.detection.name ?? alert.detection.id,
    time: clockTime(alert.firstEventOccurredAt ?? alert.createdAt, timezone, now),
  };
}
