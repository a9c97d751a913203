import type { Alert } from "../alert/alert.ts";
import { maxQuestionLength } from "../alert/boomerang.ts";
import { clockTime } from "../slack/text/clock-time.ts";
import { cut, reveal } from "../slack/text/text.ts";

/** Puts the alert's fields where a message names them, as `{title}`; other braces stay as they are. */
export function fillQuestion(text: string, alert: Alert, at: { timezone: string; now: Date }): string {
  const fields = questionFields(alert, at);
  const filled = text.replace(/\{([a-z]+)\}/g, (whole, name: string) =>
    Object.hasOwn(fields, name) ? (fields[name] ?? whole) : whole,
  );
  return cut(filled, maxQuestionLength);
}

/** What the message says until somebody edits it. */
export const prefilledQuestion = "At {time} we saw this about your account: {title}. Was this you?";

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
