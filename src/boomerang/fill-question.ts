import type { Alert } from "../alert/alert.ts";
import { longestQuestion } from "../alert/boomerang.ts";
import { cut } from "../slack/text/text.ts";
import { questionFields } from "../slack/boomerang/question-fields.ts";

/** Puts the alert's fields where a message names them, as `{title}`; other braces stay as they are. */
export function fillQuestion(text: string, alert: Alert, at: { timezone: string; now: Date }): string {
  const fields = questionFields(alert, at);
  const filled = text.replace(/\{([a-z]+)\}/g, (whole, name: string) =>
    Object.hasOwn(fields, name) ? (fields[name] ?? whole) : whole,
  );
  return cut(filled, longestQuestion);
}

/** What the message says until somebody edits it. */
export const prefilledQuestion = "At {time} we saw this about your account: {title}. Was this you?";
