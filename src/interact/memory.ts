import { z } from "zod";
import { answerFormats, openDurations } from "../alert/boomerang.ts";
import { parseJson } from "../slack/request/origin.ts";

const cardRef = z.object({
  alertId: z.uuid(),
  version: z.int().nonnegative(),
  channel: z.string().nullable(),
  ts: z.string().nullable(),
});
/** The alert and version that a dialog is about, and the card it was opened from. */
export type CardRef = z.output<typeof cardRef>;

const page = z.int().nonnegative();
const detailsAt = z.discriminatedUnion("show", [
  z.object({ show: z.literal("part"), part: z.string(), page }),
  z.object({ show: z.literal("found"), query: z.string(), page }),
  /** One value of a part, by its index in walking order. */
  z.object({ show: z.literal("value"), part: z.string(), n: page, page }),
]);
/** What the details dialog shows. Pages count from 0. */
export type DetailsAt = z.output<typeof detailsAt>;

const memory = z.discriminatedUnion("dialog", [
  cardRef.extend({ dialog: z.literal("close"), to: z.enum(["RESOLVED", "CLOSED"]) }),
  cardRef.extend({ dialog: z.literal("comment") }),
  cardRef.extend({ dialog: z.literal("ask") }),
  cardRef.extend({ dialog: z.literal("suppress") }),
  cardRef.extend({
    dialog: z.literal("ask-preview"),
    people: z.array(z.string()),
    conversation: z.string().nullable(),
    question: z.string(),
    answers: z.enum(answerFormats),
    openFor: z.enum(openDurations),
  }),
  z.object({ dialog: z.literal("answer"), askId: z.uuid(), choice: z.enum(["yes", "no"]).nullable() }),
  /** A message that becomes a comment on the alert whose number the dialog asks for. */
  z.object({
    dialog: z.literal("keep"),
    channel: z.string(),
    ts: z.string(),
    threadTs: z.string().nullable(),
    text: z.string(),
  }),
  cardRef.extend({ dialog: z.literal("details"), at: detailsAt }),
]);
/** The content of a dialog's `private_metadata`, so that no dialog state is kept on the server. */
export type Memory = z.output<typeof memory>;

export function writeMemory(value: Memory): string {
  return JSON.stringify(value);
}

/** Parses `private_metadata`; null if Tocsin did not write it. */
export function readMemory(text: string): Memory | null {
  const read = memory.safeParse(parseJson(text));
  return read.success ? read.data : null;
}
