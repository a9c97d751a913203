import type { AnswerFormat, OpenDuration } from "../../src/alert/boomerang.ts";

/** The keys of a record in their order, with their type. */
export function keysOf<K extends string>(record: Partial<Record<K, unknown>>): K[] {
  const isKey = (key: string): key is K => Object.hasOwn(record, key);
  return Object.keys(record).filter(isKey);
}

/** The options of a Select for a record of labels. */
export function optionsOf<K extends string>(labels: Record<K, string>): { value: K; label: string }[] {
  return keysOf(labels).map((value) => ({ value, label: labels[value] }));
}

/** Shown at the field of a new password. */
export const passwordHint =
  "At least 12 characters: not a common password, and without your name or email. Four random words are good.";

/** How a question can be answered, and how long it stays open. */
export const answerLabels = {
  yes_no: "Yes or No",
  yes_no_reason: "Yes or No, with a reason",
  text: "Free text",
} satisfies Record<AnswerFormat, string>;
export const openForLabels = {
  "1h": "1 hour",
  "4h": "4 hours",
  "24h": "24 hours",
  "3d": "3 days",
} satisfies Record<OpenDuration, string>;

export const secondFactorHint =
  "An answer counts once the person has confirmed it within 5 minutes, by their sign-in with OpenID Connect or by a passkey.";
