import { z } from "zod";
import { severities } from "../../alert/alert.ts";
import { bodyOutcomes } from "../../alert/report.ts";
import { ingestResult, sourceChange } from "../contract.ts";

/** A body that a source sent and Tocsin keeps. */
export const keptBody = z
  .object({
    id: z.string(),
    /** `taken`: all reports as they are. `partly`: some were refused, or taken with warnings. `refused`: none was taken. */
    outcome: z.enum(bodyOutcomes),
    /** When it came first, and last. */
    firstAt: z.iso.datetime(),
    lastAt: z.iso.datetime(),
    /** How often exactly this body came. */
    times: z.int(),
    /** Its length as decoded. */
    bytes: z.int(),
    contentType: z.string().nullable(),
    /** How many reports it holds, as far as it could be read. */
    reports: z.int(),
    /** How many of them were refused. A replay takes these. */
    refused: z.int(),
    /** How many of them were taken with a warning. */
    warned: z.int(),
    /** The first things that were not understood, each once. */
    reasons: z.array(z.object({ field: z.string(), expected: z.string() })),
    replayedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "KeptBody" });
export type KeptBody = z.infer<typeof keptBody>;

/** One with its text and at most a hundred results, those that went wrong before the others. */
export const wholeBody = keptBody
  .extend({
    /** Secrets are replaced by `[redacted]`, and bytes that aren't UTF-8 by U+FFFD. Null: taken, and too large to keep. */
    text: z.string().nullable(),
    results: z.array(ingestResult),
  })
  .meta({ id: "WholeBody" });
export type WholeBody = z.infer<typeof wholeBody>;

/** What a replay of one body did. */
export const replayedBody = z
  .object({ body: keptBody, results: z.array(ingestResult) })
  .meta({ id: "ReplayedBody" });
export type ReplayedBody = z.infer<typeof replayedBody>;

/** What a replay of a source's bodies did. */
export const replayedBodies = z
  .object({
    /** Reports that were taken now. */
    taken: z.int(),
    stillRefused: z.int(),
    /** There are more bodies than one call replays: call again with this cursor. Null at the end. */
    next: z.string().nullable(),
  })
  .meta({ id: "ReplayedBodies" });
export type ReplayedBodies = z.infer<typeof replayedBodies>;

/** A word for a severity that Tocsin doesn't know; reports with it have the source's default severity. */
export const unknownWord = z
  .object({
    word: z.string(),
    /** In how many bodies it came, of those that are kept. */
    bodies: z.int(),
    lastAt: z.iso.datetime(),
  })
  .meta({ id: "UnknownWord" });
export type UnknownWord = z.infer<typeof unknownWord>;

/** Settings of a source that decide what becomes of a body. Missing ones stay as they are. */
export const previewedChange = sourceChange.pick({
  expressions: true,
  severityWords: true,
  defaultSeverity: true,
});
export type PreviewedChange = z.infer<typeof previewedChange>;

const outcome = z.object({ alerts: z.int(), refused: z.int() });

/** What the bodies that a source sent last become now, and what they would become after a change. */
export const changePreview = z
  .object({
    /** Kept bodies that were read, at most the last 50. */
    bodies: z.int(),
    reports: z.int(),
    /** How many alerts the reports make. Time windows don't count. */
    before: outcome,
    after: outcome,
    /** The alerts after the change, those of the most reports first, at most 50. */
    alerts: z.array(
      z.object({
        title: z.string(),
        severity: z.enum(severities),
        identity: z.string(),
        reports: z.int(),
        /** What the same reports make now. */
        before: outcome.extend({ severity: z.enum(severities).nullable() }),
      }),
    ),
  })
  .meta({ id: "ChangePreview" });
export type ChangePreview = z.infer<typeof changePreview>;
