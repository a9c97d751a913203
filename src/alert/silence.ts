import { type Severity, severityLabels } from "./alert.ts";

/** A field of an alert's context, and what it must say. Upper and lower case don't matter. */
export interface FieldCondition {
  /** Names of fields separated by dots, such as `actor.email`. A dot in a name is written as `\.`. */
  path: string;
  /** The whole value, or with `matches` a pattern in which `*` stands for any text. */
  op: "equals" | "matches";
  value: string;
}

/** Which alerts a silence covers: those to which all of its conditions apply (docs/behaviour.md#silences). */
export interface SilenceMatcher {
  /** A source's id; null for any. */
  source: string | null;
  /** A detection's id, as its source names it; null for any. */
  detection: string | null;
  /** A pattern in which `*` stands for any text; null for any title. */
  title: string | null;
  /** Empty for any. */
  severities: readonly Severity[];
  fields: readonly FieldCondition[];
}

/** Without conditions a silence would cover every alert. */
export function isUnconditional({ source, detection, title, severities, fields }: SilenceMatcher): boolean {
  return !source && !detection && !title && severities.length === 0 && fields.length === 0;
}

export const maxSilenceDays = 90;
export const maxSilenceMinutes = maxSilenceDays * 24 * 60;
/** How many days back the preview looks. */
export const previewDays = 30;
export const maxFieldConditions = 10;
/** The intake compares every new alert with all silences that run. */
export const maxRunningSilences = 200;

/** Usual durations, in minutes. */
export const silenceDurations: readonly { minutes: number; label: string }[] = [
  { minutes: 60, label: "1 hour" },
  { minutes: 4 * 60, label: "4 hours" },
  { minutes: 24 * 60, label: "1 day" },
  { minutes: 7 * 24 * 60, label: "7 days" },
  { minutes: 30 * 24 * 60, label: "30 days" },
  { minutes: 90 * 24 * 60, label: "90 days" },
];

export type SilenceState = "running" | "over" | "ended";

export const silenceStateLabels: Record<SilenceState, string> = {
  running: "Running",
  over: "Over",
  ended: "Ended early",
};

/** What a silence covers, for people: `Okta.Login · from Okta · Low, Info · actor.email is eve@acme.example`. */
export function describeMatcher(
  { severities, fields, title }: Pick<SilenceMatcher, "severities" | "fields" | "title">,
  { source, detection }: { source: string | null; detection: string | null },
): string {
  const parts = [
    detection ?? "",
    title === null ? "" : `title “${title}”`,
    source === null ? "" : `from ${source}`,
    severities.map((severity) => severityLabels[severity]).join(", "),
    ...fields.map(({ path, op, value }) => `${path} ${op === "equals" ? "is" : "matches"} ${value}`),
  ];
  return parts.filter(Boolean).join(" · ");
}
