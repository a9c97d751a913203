import { type Alert, detectionLabel } from "../alert/alert.ts";
import { maxQuestionLength } from "../alert/boomerang.ts";
import { clockTime } from "../slack/text/clock-time.ts";
import { cut, reveal } from "../slack/text/text.ts";

/** Replaces placeholders such as `{title}` by the alert's fields. Unknown placeholders stay as they are. */
export function fillQuestion(text: string, alert: Alert, at: { timezone: string; now: Date }): string {
  const fields = questionFields(alert, at);
  const filled = text.replace(/\{([a-z]+)\}/g, (whole, name: string) =>
    Object.hasOwn(fields, name) ? (fields[name] ?? whole) : whole,
  );
  return cut(filled, maxQuestionLength);
}

/** The names of the placeholders. */
export const questionFieldNames: readonly string[] = ["title", "number", "severity", "detection", "time"];

/** The message that the form is prefilled with. */
export const prefilledQuestion = "At {time} we saw this about your account: {title}. Was this you?";

/** The alert's fields by placeholder name, with invisible characters written out. */
export function questionFields(
  alert: Alert,
  { timezone, now }: { timezone: string; now: Date },
): Record<string, string> {
  return {
    title: reveal(alert.title),
    number: `#${alert.number}`,
    severity: alert.severity,
    detection: reveal(detectionLabel(alert) || alert.title),
    time: clockTime(alert.firstEventOccurredAt ?? alert.createdAt, timezone, now),
  };
}
