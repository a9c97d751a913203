import { z } from "zod";
import { severities } from "../alert/alert.ts";
import { readPath } from "../alert/context-path.ts";
import { actorBody } from "../alert/contract.ts";
import { maxFieldConditions, maxSilenceDays, maxSilenceMinutes, previewDays } from "../alert/silence.ts";
import { pageQuery } from "../api/page.ts";
import { time } from "../api/time.ts";

const severity = z.enum(severities);

const fieldCondition = z
  .strictObject({
    /** Names separated by dots, such as `actor.email`; a dot in a name is written as `\.`. */
    path: z
      .string()
      .min(1)
      .max(300)
      .refine(
        isPath,
        "must be names separated by dots, for example actor.email; a dot in a name is written as \\.",
      ),
    op: z.enum(["equals", "matches"]),
    /** With `matches`, `*` stands for any text. Upper and lower case don't matter. */
    value: z.string().min(1).max(1000),
  })
  .meta({ id: "FieldCondition" });

function isPath(path: string): boolean {
  const names = readPath(path);
  return names !== null && names.length <= 20;
}

const conditions = {
  /** A source's id; null or absent for any. */
  source: z.uuid().nullable().default(null),
  /** A detection's id, as its source names it; null or absent for any. */
  detection: z.string().min(1).max(1000).nullable().default(null),
  /** `*` stands for any text; null or absent for any title. */
  title: z.string().trim().min(1).max(1000).nullable().default(null),
  /** Empty or absent for any. */
  severities: z.array(severity).max(severities.length).default([]),
  fields: z.array(fieldCondition).max(maxFieldConditions).default([]),
  /** The second confirmation: without it, CRITICAL alerts are never silenced. */
  alsoCritical: z.boolean().default(false),
};

const reason = z
  .string()
  .trim()
  .min(1, "Say why, for example: planned maintenance until Friday.")
  .max(500, "at most 500 characters");
const minutes = z
  .int("whole minutes")
  .min(1, "at least one minute")
  .max(maxSilenceMinutes, `at most ${maxSilenceDays} days`);

export const newSilence = z
  .strictObject({
    reason,
    ...conditions,
    /** Either until a time or for some minutes, at most 90 days. */
    until: time.optional(),
    forMinutes: minutes.optional(),
    /** The alert that it is created from, by id. Its history and its threads say so; the alert itself isn't silenced. */
    alertId: z.uuid().optional(),
  })
  .refine(({ until, forMinutes }) => (until === undefined) !== (forMinutes === undefined), {
    error: "give either until or forMinutes",
    path: ["until"],
  });
export type NewSilence = z.input<typeof newSilence>;

export const silenceChange = z
  .strictObject({
    reason: reason.optional(),
    until: time.optional(),
    forMinutes: minutes.optional(),
    alsoCritical: z.boolean().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, "must change at least one field")
  .refine(({ until, forMinutes }) => until === undefined || forMinutes === undefined, {
    error: "give until or forMinutes, not both",
    path: ["until"],
  });
export type SilenceChange = z.input<typeof silenceChange>;

export const silencePreviewQuery = z.strictObject(conditions);

const named = z.object({ id: z.string(), name: z.string().nullable() });

export const silenceBody = z
  .object({
    id: z.string(),
    reason: z.string(),
    source: z.object({ id: z.string(), name: z.string() }).nullable(),
    detection: named.nullable(),
    title: z.string().nullable(),
    severities: z.array(severity),
    fields: z.array(fieldCondition),
    alsoCritical: z.boolean(),
    /** `over` at its end, `ended` if somebody ended it early. */
    state: z.enum(["running", "over", "ended"]),
    /** The alert that it was created from. */
    alert: z.object({ id: z.string(), number: z.number().int() }).nullable(),
    createdAt: z.iso.datetime(),
    createdBy: actorBody,
    endsAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    endedBy: actorBody.nullable(),
    /** How many alerts it has silenced, counted up to 1,000. */
    alertCount: z.number().int(),
  })
  .meta({ id: "Silence" });
export type SilenceBody = z.infer<typeof silenceBody>;

export const silenceQuery = pageQuery.extend({
  state: z.enum(["running", "past"]).optional(),
  source: z.uuid().optional(),
  detection: z.string().max(1000).optional(),
});

export const silencePreview = z
  .object({
    /** How many days it looks back. */
    days: z.literal(previewDays),
    /** Alerts that the conditions cover, CRITICAL ones included. */
    count: z.number().int(),
    /** Those of them that are CRITICAL. */
    critical: z.number().int(),
    /** Those that it would have silenced. */
    silenced: z.number().int(),
    /** False if there were too many alerts to look at all: then these are of the newest ones. */
    complete: z.boolean(),
    examples: z.array(
      z.object({
        id: z.string(),
        number: z.number().int(),
        title: z.string(),
        severity,
        createdAt: z.iso.datetime(),
      }),
    ),
  })
  .meta({ id: "SilencePreview" });
export type SilencePreview = z.infer<typeof silencePreview>;
