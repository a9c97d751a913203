import { z } from "zod";
import { alertTypes, severities, statuses, vias } from "../alert/alert.ts";
import { actorBody, personBody } from "../alert/contract.ts";
import { dispositions } from "../alert/disposition.ts";
import { type KeepingName, keeping, keepingBounds } from "../alert/keeping.ts";
import { listParam, pageQuery } from "../api/page.ts";
import { time } from "../api/time.ts";
import { quietHours } from "../boomerang/automatic/contract.ts";
import { deliveryBody } from "../outbox/contract.ts";

const timestamp = z.iso.datetime();

/** An alert in API responses (docs/behaviour.md#11-interfaces). */
export const alertBody = z
  .object({
    id: z.string(),
    number: z.number().int(),
    version: z.number().int(),
    title: z.string(),
    severity: z.enum(severities),
    status: z.enum(statuses),
    /** Why it was closed; null while it is open, and if nobody said why. */
    disposition: z.enum(dispositions).nullable(),
    /** The number of the other alert; null unless the disposition is DUPLICATE. */
    duplicateOf: z.number().int().nullable(),
    type: z.enum(alertTypes),
    source: z.object({ id: z.string(), name: z.string(), kind: z.string() }),
    /** Null if the tool names none. */
    detection: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
    dedupString: z.string(),
    logTypes: z.array(z.string()),
    tags: z.array(z.string()),
    reports: z.record(z.string(), z.array(z.string())),
    description: z.string().nullable(),
    runbook: z.string().nullable(),
    reference: z.string().nullable(),
    context: z.record(z.string(), z.unknown()),
    eventCount: z.number().int(),
    /** A person closed it, and different reports have joined since. */
    reportedAgain: z.boolean(),
    /** The silence that keeps it away from people; null for an alert that is not silenced. */
    silencedBy: z.string().nullable(),
    assignee: personBody.nullable(),
    createdAt: timestamp,
    firstEventOccurredAt: timestamp,
    lastReceivedEventAt: timestamp,
    updatedAt: timestamp,
    updatedBy: actorBody,
    deliveries: z.array(deliveryBody),
  })
  .meta({ id: "Alert" });
export type AlertBody = z.infer<typeof alertBody>;

/** A row of the list: an alert without its long texts, context and deliveries. */
export const alertRow = alertBody
  .omit({ description: true, runbook: true, reference: true, context: true, deliveries: true })
  .meta({ id: "AlertRow" });
export type AlertRow = z.infer<typeof alertRow>;

const alertSorts = ["-createdAt", "createdAt", "-severity", "severity", "-updatedAt", "updatedAt"] as const;

/** Filters of the list; without `status` it shows OPEN and TRIAGED, with a `disposition` RESOLVED and CLOSED. */
export const alertQuery = pageQuery.extend({
  status: listParam(z.enum(statuses)).optional(),
  severity: listParam(z.enum(severities)).optional(),
  type: listParam(z.enum(alertTypes)).optional(),
  source: listParam(z.uuid()).optional(),
  detection: listParam(z.string().max(1000)).optional(),
  logType: listParam(z.string().max(1000)).optional(),
  disposition: listParam(z.enum(dispositions)).optional(),
  tag: listParam(z.string().max(1000)).optional(),
  /** A user's id, `me`, or `none`. */
  assignee: listParam(z.union([z.uuid(), z.literal("me"), z.literal("none")])).optional(),
  /** Silenced alerts are left out with `false` (the default), and listed alone with `true`. */
  silenced: z.enum(["false", "true", "any"]).optional(),
  /** Alerts that this silence has silenced; those whose mark was lifted too, unless `silenced` says otherwise. */
  silence: z.uuid().optional(),
  /** Alerts that this digest has gathered. */
  digest: z.uuid().optional(),
  /** Earlier alerts of the last 90 days with the same detection, user, host or address as this one. */
  seenBefore: z.uuid().optional(),
  createdAfter: time.optional(),
  createdBefore: time.optional(),
  /** Words in the title, the detection or the dedup string, or a number such as `#1042`. */
  q: z.string().max(200).optional(),
  sort: z.enum(alertSorts).default("-createdAt"),
});
export type AlertQuery = z.infer<typeof alertQuery>;

/** By id or by number: `/alerts/0199…` or `/alerts/1042`. */
export const alertParams = z.object({ id: z.union([z.uuid(), z.string().regex(/^\d{1,15}$/)]) });

const change = {
  status: z.enum(statuses).optional(),
  /** A user's id or email; null unassigns. */
  assignee: z.string().min(1).max(320).nullable().optional(),
  comment: z.string().trim().min(1).max(1000).optional(),
  /** Why it is closed. Needs a closed alert, or a status that closes it; null takes it away. */
  disposition: z.enum(dispositions).nullable().optional(),
  /** The number of the other alert; required with the disposition DUPLICATE. */
  duplicateOf: z.number().int().min(1).optional(),
};

/** Sources set up to 100 tags of up to 1,000 characters and a mark where they are cut, which people may keep. */
const tagList = z
  .array(z.string().trim().min(1).max(1100))
  .max(150)
  .transform((tags) => [...new Set(tags)]);

export const alertChange = z.strictObject({
  ...change,
  version: z.number().int().min(1).optional(),
  /** All tags of the alert: at most 50, new ones of at most 100 characters. */
  tags: tagList.optional(),
});
export type AlertChange = z.infer<typeof alertChange>;

export const bulkChange = z.strictObject({ ids: z.array(z.uuid()).min(1).max(1000), ...change });

export const bulkAnswer = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      outcome: z.enum(["changed", "unchanged", "not_found", "refused"]),
      detail: z.string().optional(),
    }),
  ),
});

export const sampleBody = z.object({ n: z.number().int(), event: z.unknown() }).meta({ id: "EventSample" });

/** A history entry; `data` depends on `kind` (see alert/history-event.ts). */
export const historyBody = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    actor: actorBody,
    via: z.enum(vias),
    kind: z.string(),
    sentence: z.string(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "HistoryEntry" });
export type HistoryBody = z.infer<typeof historyBody>;

export const commentBody = z
  .object({
    id: z.string(),
    alertId: z.string(),
    body: z.string(),
    author: actorBody,
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Comment" });
export type CommentBody = z.infer<typeof commentBody>;

export const newComment = z.strictObject({ alertId: z.uuid(), body: z.string().trim().min(1).max(10_000) });

const emailField = z
  .string()
  .trim()
  .min(1, "must be a field name, for example email or actor.email")
  .max(100, "at most 100 characters")
  .regex(/^[^\s.]+(\.[^\s.]+)*$/, "must be a field name without spaces, for example email or actor.email");

function keepingTime(name: KeepingName) {
  const { least, most } = keeping[name];
  const error = keepingBounds(name);
  return z.number({ error }).int(error).min(least, error).max(most, error).nullable().optional();
}

export const settingsBody = z
  .object({
    /** Closing an alert needs a comment: in Slack, in the Console, in bulk changes and by API. */
    commentRequired: z.boolean(),
    /** Closing an alert needs a disposition, likewise. */
    dispositionRequired: z.boolean(),
    /** Context fields that identify a person, compared with the end of a path, regardless of case. */
    boomerangEmailFields: z.array(z.string()),
    /** In a person's own timezone, when only questions about CRITICAL alerts are sent automatically. */
    quietHours,
    /** How many days API tokens may live; null without a limit. */
    maxTokenDays: z.number().int().nullable(),
    /** Everybody who signs in by password needs a second factor, and adds one before anything else. */
    requireSecondFactor: z.boolean(),
    /** Days that a closed alert is kept after its last change, with all that belongs to it. */
    keepAlertsDays: z.number().int(),
    /** Days that the first events of an alert are kept. */
    keepSamplesDays: z.number().int(),
    keepAuditLogYears: z.number().int(),
  })
  .meta({ id: "Settings" });
export type SettingsBody = z.infer<typeof settingsBody>;

export const settingsChange = z
  .strictObject({
    commentRequired: z.boolean().optional(),
    dispositionRequired: z.boolean().optional(),
    /** An empty list suggests nobody; null restores the default fields. */
    boomerangEmailFields: z.array(emailField).max(30, "at most 30 fields").nullable().optional(),
    /** From when to when; equal times for never, null restores the default. */
    quietHours: quietHours.nullable().optional(),
    /** Older tokens stop working at once; null removes the limit. */
    maxTokenDays: z
      .int("whole days, from 1 to 3650")
      .min(1, "from 1 to 3650 days")
      .max(3650, "from 1 to 3650 days")
      .nullable()
      .optional(),
    requireSecondFactor: z.boolean().optional(),
    /** Null restores the default. */
    keepAlertsDays: keepingTime("keepAlertsDays"),
    keepSamplesDays: keepingTime("keepSamplesDays"),
    keepAuditLogYears: keepingTime("keepAuditLogYears"),
  })
  .refine((change) => Object.keys(change).length > 0, "must change at least one setting");
export type SettingsChange = z.infer<typeof settingsChange>;
