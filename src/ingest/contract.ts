import { z } from "zod";
import { severities } from "../alert/alert.ts";
import { expressionFields, maxExpressionLength } from "../alert/expressions.ts";
import { resolvePolicies } from "../alert/report.ts";
import { automaticBoomerang, automaticBoomerangBody } from "../boomerang/automatic/contract.ts";
import { boomerangPreview } from "../boomerang/contract.ts";
import { sourceKinds } from "./source-kinds.ts";

/** What people need to know about a kind to create a source of it and to try it. */
export const sourceKindBody = z
  .object({
    kind: z.string(),
    /** The name of the tool. */
    label: z.string(),
    /** It is a format that any tool may send. */
    forAnyTool: z.boolean(),
    /** What to do in the tool. */
    setup: z.string(),
    /** What to enter there, with `{url}` and `{key}` in the places of those of the source. */
    config: z.string().nullable(),
    /** The body of one report. */
    sample: z.unknown(),
    /** The key may also be in the URL: `?key=`. */
    keyInQuery: z.boolean(),
    /** Its sources pick all fields by expressions, those of other kinds only the identity. */
    byExpressions: z.boolean(),
  })
  .meta({ id: "SourceKind" });
export type SourceKindBody = z.infer<typeof sourceKindBody>;

function wholeNumberTo(most: number) {
  const expected = `must be a whole number from 1 to ${most.toLocaleString("en")}`;
  return z.int(expected).min(1, expected).max(most, expected);
}

const maxSeverityWords = 200;

/** The source's own words for severities. Case, spaces and hyphens don't matter. */
const severityWordsBody = z
  .record(z.string().trim().toLowerCase().min(1).max(100), z.enum(severities))
  .refine(
    (words) => Object.keys(words).length <= maxSeverityWords,
    `must have at most ${maxSeverityWords} words`,
  );

/** When Tocsin raises an alert about a source itself. */
const attentionBody = z.strictObject({
  /** A regular source has sent nothing for so many hours. */
  noData: z.boolean(),
  noDataHours: wholeNumberTo(168),
  /** Bodies of a source that used to be understood are refused. */
  unreadable: z.boolean(),
});

/** How many reports a source may send: `burst` at once, then `perSecond`. */
export const rateLimitBody = z.strictObject({
  perSecond: wholeNumberTo(1_000_000),
  burst: wholeNumberTo(10_000_000),
});

/** Paths in the context, or their ends: what a card shows of alerts with the same title. */
const cardFieldsBody = z.array(z.string().trim().min(1).max(200)).max(10, "at most 10 fields");

const expression = z
  .string("a JSONata expression")
  .trim()
  .min(1, "must not be empty; leave the field out instead")
  .max(maxExpressionLength, `must have at most ${maxExpressionLength} characters`);

/** JSONata expressions by the field that they pick. */
export const expressionsBody = z.partialRecord(
  z.enum(expressionFields, `must be one of ${expressionFields.join(", ")}`),
  expression,
);

export const sourceBody = z
  .object({
    id: z.string(),
    kind: z.string(),
    name: z.string(),
    url: z.string(),
    defaultSeverity: z.enum(severities),
    severityWords: severityWordsBody,
    resolves: z.enum(resolvePolicies),
    /** How many different reports open an alert again that a person closed; null: none. */
    reopenAfter: z.int().nullable(),
    rateLimit: rateLimitBody,
    /** Empty: what differs is chosen for each alert. */
    cardFields: z.array(z.string()),
    attention: attentionBody,
    /** How many different bodies of the last days hold reports that were refused; counted up to 1,000. */
    refusedBodies: z.int(),
    expressions: expressionsBody.nullable(),
    keys: z.array(
      z.object({
        id: z.string(),
        /** The key's last four characters. */
        hint: z.string(),
        createdAt: z.iso.datetime(),
        lastUsedAt: z.iso.datetime().nullable(),
      }),
    ),
    lastReceivedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Source" });
export type SourceBody = z.infer<typeof sourceBody>;

export const newSource = z.strictObject({
  kind: z.enum(sourceKinds.map(({ kind }) => kind)),
  name: z.string().trim().min(1).max(100),
  defaultSeverity: z.enum(severities).optional(),
  severityWords: severityWordsBody.optional(),
  resolves: z.enum(resolvePolicies).optional(),
  reopenAfter: z
    .int("a whole number from 1 to 100, or null for never")
    .min(1, "must be from 1 to 100, or null for never")
    .max(100, "must be from 1 to 100, or null for never")
    .nullable()
    .optional(),
  rateLimit: rateLimitBody.optional(),
  cardFields: cardFieldsBody.optional(),
  attention: attentionBody.partial().optional(),
  expressions: expressionsBody.nullable().optional(),
});
export type NewSource = z.infer<typeof newSource>;

/** The only response that contains the key. */
export const createdSource = sourceBody.extend({ key: z.string() }).meta({ id: "CreatedSource" });

export const sourceChange = newSource.omit({ kind: true }).partial();

export const createdKey = z
  .object({ id: z.string(), key: z.string(), hint: z.string() })
  .meta({ id: "CreatedKey" });

/** A sample to try expressions on. */
export const sourcePreview = z.strictObject({
  kind: z.enum(sourceKinds.map(({ kind }) => kind)),
  name: z.string().max(100),
  defaultSeverity: z.enum(severities).default("MEDIUM"),
  severityWords: severityWordsBody.default({}),
  expressions: expressionsBody,
  /** The body as the tool sends it. */
  sample: z.string().max(200_000, "must have at most 200,000 characters"),
});

export type SourcePreview = z.infer<typeof sourcePreview>;

const fieldAndExpected = z.object({ field: z.string(), expected: z.string() });

/** What an expression gave. */
const pick = z.object({
  field: z.string(),
  /** JSON, cut. */
  value: z.string().optional(),
  fault: z.string().optional(),
  /** Where in the expression it failed, in UTF-16 units. */
  at: z.number().optional(),
  /** The place in the sample that was read last, and what it has instead if it is missing. */
  read: z
    .object({ path: z.array(z.union([z.string(), z.number()])), has: z.array(z.string()).optional() })
    .optional(),
});

const previewedReport = z.object({
  /** Why it would be refused; null if it would be taken. */
  invalid: fieldAndExpected.nullable(),
  warnings: z.array(fieldAndExpected),
  picks: z.array(pick),
  alert: z
    .object({
      title: z.string(),
      severity: z.enum(severities),
      says: z.enum(["firing", "resolved"]),
      detection: z.string().nullable(),
      /** What makes two reports the same alert. */
      identity: z.string(),
      /** Null if it counts without a window. */
      periodMinutes: z.number().nullable(),
      occurredAt: z.string().nullable(),
      logTypes: z.array(z.string()),
      tags: z.array(z.string()),
    })
    .nullable(),
  /** The card as it would be posted in Slack. */
  card: boomerangPreview.shape.parts,
});
export type PreviewedReport = z.infer<typeof previewedReport>;

export const sourcePreviewBody = z
  .object({
    /** How many reports the sample holds. */
    reports: z.number().int(),
    /** The first ten of them. */
    results: z.array(previewedReport),
    /** Why the sample can't be read, or holds no reports. */
    problem: pick.extend({ expected: z.string() }).nullable(),
    /** The expressions that can't be parsed. */
    bad: z.array(z.object({ field: z.string(), fault: z.string(), at: z.number() })),
  })
  .meta({ id: "SourcePreview" });
export type PreviewBody = z.infer<typeof sourcePreviewBody>;

export const detectionBody = z
  .object({
    id: z.string(),
    source: z.object({ id: z.string(), name: z.string() }),
    detectionId: z.string(),
    name: z.string().nullable(),
    /** The override: where its alerts go regardless of filters; null applies the filters. */
    destinations: z.array(z.string()).nullable(),
    /** The severity of its last alert; null once its alerts are deleted, as are the other figures. */
    severity: z.enum(severities).nullable(),
    lastAlertAt: z.iso.datetime().nullable(),
    /** Alerts of the last 7 and 30 days. */
    alerts7Days: z.int(),
    alerts30Days: z.int(),
    /** Of those of the last 30 days. */
    closed30Days: z.int(),
    falsePositives30Days: z.int(),
    /** Where an alert like its last one goes now; the reason is that of the alert's history. Null without an alert. */
    route: z
      .object({ reason: z.string(), destinations: z.array(z.object({ id: z.string(), name: z.string() })) })
      .nullable(),
    /** What it asks by itself when an alert opens; null if it doesn't. */
    automaticBoomerang: automaticBoomerangBody.nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Detection" });
export type DetectionBody = z.infer<typeof detectionBody>;

const detectionSettings = {
  /** Ids or names of destinations, at most 10; null removes the override. */
  destinations: z.array(z.string().min(1)).max(10).nullable().optional(),
  /** Null: it no longer asks. */
  automaticBoomerang: automaticBoomerang.nullable().optional(),
};

/** What is absent stays as it is. */
export const detectionChange = z
  .strictObject(detectionSettings)
  .refine((change) => Object.keys(change).length > 0, "must change at least one setting");
export type DetectionChange = z.input<typeof detectionChange>;

/** Settings of a detection whose first alert has not come in yet. */
export const newDetection = z
  .strictObject({
    /** A source's id. */
    source: z.uuid(),
    /** The detection's id, as the source's reports will name it. */
    detectionId: z.string().trim().min(1).max(1000),
    name: z.string().trim().min(1).max(1000).optional(),
    ...detectionSettings,
  })
  .refine(
    ({ destinations, automaticBoomerang: asks }) => destinations !== undefined || asks !== undefined,
    "must have destinations or automaticBoomerang",
  );

export const ingestResult = z.object({
  index: z.number().int(),
  outcome: z.enum(["opened", "joined", "resolved", "duplicate", "ignored", "invalid"]),
  alertId: z.string().optional(),
  number: z.number().int().optional(),
  /** What is wrong with an invalid report, and what would be right. */
  field: z.string().optional(),
  expected: z.string().optional(),
  /** What was not understood in a report that was taken. */
  warnings: z.array(z.object({ field: z.string(), expected: z.string() })).optional(),
});
export type IngestResult = z.infer<typeof ingestResult>;

export const ingestAnswer = z.object({ results: z.array(ingestResult) }).meta({ id: "IngestAnswer" });
