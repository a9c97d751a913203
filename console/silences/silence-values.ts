import type { Severity } from "../../src/alert/alert.ts";
import { contextFields } from "../../src/alert/context-path.ts";
import { type FieldCondition, isUnconditional, silenceDurations } from "../../src/alert/silence.ts";
import type { NewSilence } from "../../src/silence/contract.ts";
import type { AlertBody } from "../../src/triage/contract.ts";

/** The values of the form. An empty text stands for any. */
export interface SilenceValues {
  source: string;
  detection: string;
  title: string;
  severities: Severity[];
  fields: FieldCondition[];
  /** Minutes as text, or `until`. */
  length: string;
  /** A local time, as the browser's input has it. */
  until: string;
  reason: string;
  alsoCritical: boolean;
}

/** What a silence is created from, and what the form begins with. */
export interface SilenceStart {
  values: Partial<SilenceValues>;
  alertId?: string;
  /** Names of what is prefilled, for those who may not list sources or detections. */
  sourceName?: string;
  /** Fields that can be added with a click. */
  offered?: { path: string; value: string }[];
}

const maxOffered = 6;
const usualMinutes = 24 * 60;

export const untilChoice = "until";
export const lengthChoices = [
  ...silenceDurations.map(({ minutes, label }) => ({ value: String(minutes), label })),
  { value: untilChoice, label: "Until a time…" },
];

export function initialValues({ values }: SilenceStart): SilenceValues {
  return {
    source: "",
    detection: "",
    title: "",
    severities: [],
    fields: [],
    length: String(usualMinutes),
    until: "",
    reason: "",
    alsoCritical: false,
    ...values,
  };
}

/** Alerts like this one: its detection, or without one its title, from its source. */
export function likeAlert({ id, source, detection, title, context }: AlertBody): SilenceStart {
  return {
    values: { source: source.id, detection: detection?.id ?? "", title: detection ? "" : title },
    alertId: id,
    sourceName: source.name,
    offered: contextFields(context, maxOffered),
  };
}

/** What the API takes as conditions. Rows that are not filled in are left out. */
export function conditionsOf({ source, detection, title, severities, fields, alsoCritical }: SilenceValues) {
  return {
    source: source || null,
    detection: detection.trim() || null,
    title: title.trim() || null,
    severities,
    fields: fields.filter(({ path, value }) => path.trim() && value.trim()),
    alsoCritical,
  };
}

/** Whether there is anything to preview. */
export function hasConditions(values: SilenceValues): boolean {
  return !isUnconditional(conditionsOf(values));
}

export function requestOf(values: SilenceValues, { alertId }: SilenceStart): NewSilence {
  const time = new Date(values.until);
  const end =
    values.length === untilChoice
      ? { until: Number.isNaN(time.getTime()) ? values.until : time.toISOString() }
      : { forMinutes: Number(values.length) };
  return { ...conditionsOf(values), reason: values.reason, ...end, ...(alertId && { alertId }) };
}
