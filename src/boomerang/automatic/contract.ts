import { z } from "zod";
import { answerFormats, maxQuestionLength, openDurations } from "../../alert/boomerang.ts";
import { questionParts, recipient } from "../contract.ts";
import { questionFieldNames } from "../fill-question.ts";

const field = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^{}\s]+$/, "a field of the context, for example actor.email, without braces and spaces");

/** A text of a question or comment, which may hold fields of the alert in braces. */
const template = z
  .string()
  .trim()
  .min(1)
  .max(maxQuestionLength)
  .superRefine((text, context) => {
    const unknown = [...text.matchAll(/\{([^{}]*)\}/g)].find(
      ([, name = ""]) => !questionFieldNames.includes(name),
    );
    if (unknown)
      context.addIssue({
        code: "custom",
        message: `there is no field ${unknown[0]}; the fields are ${questionFieldNames.map((name) => `{${name}}`).join(", ")}`,
      });
  });

const oneOfThem = "one of {field}, {email}, {slackUserId} or {channel}";

/** What is wrong with the kind of recipient that was given: the others don't know its name. */
function ofGivenOne(errors: readonly (readonly z.core.$ZodIssue[])[]): string | undefined {
  const given = errors.find((issues) => issues.every(({ code }) => code !== "unrecognized_keys"));
  return given?.[0]?.code === "invalid_type" ? undefined : given?.[0]?.message;
}

/** A detection's question of its own (docs/behaviour.md#automatic-boomerang). */
export const automaticBoomerang = z
  .strictObject({
    whom: z.union([z.strictObject({ field }), ...recipient.options], {
      error: (issue) => (issue.code === "invalid_union" && ofGivenOne(issue.errors)) || oneOfThem,
    }),
    question: template,
    answers: z.enum(answerFormats).default("yes_no"),
    openFor: z.enum(openDurations).default("4h"),
    secondFactor: z.boolean().default(false),
    onYes: z
      .discriminatedUnion("do", [
        z.strictObject({ do: z.literal("nothing") }),
        z.strictObject({ do: z.literal("comment"), text: template }),
        z.strictObject({ do: z.literal("resolve") }),
      ])
      .default({ do: "nothing" }),
    onNo: z
      .discriminatedUnion("do", [
        z.strictObject({ do: z.literal("mention") }),
        z.strictObject({ do: z.literal("raise") }),
        /** The name or id of a destination. */
        z.strictObject({ do: z.literal("send"), destination: z.string().min(1).max(200) }),
      ])
      .default({ do: "mention" }),
  })
  .refine(({ answers, onYes }) => answers !== "text" || onYes.do === "nothing", {
    path: ["onYes"],
    error: "must be nothing: an answer in free text is neither Yes nor No",
  });
export type AutomaticBoomerangInput = z.infer<typeof automaticBoomerang>;

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time such as 22:00");

export const quietHours = z.strictObject({ from: clock, to: clock });

/** The setting as stored; its defaults are filled in. */
export const automaticBoomerangBody = z
  .object({
    whom: z.union([z.object({ field: z.string() }), ...recipient.options]),
    question: z.string(),
    answers: z.enum(answerFormats),
    openFor: z.enum(openDurations),
    secondFactor: z.boolean(),
    onYes: z.discriminatedUnion("do", [
      z.object({ do: z.literal("nothing") }),
      z.object({ do: z.literal("comment"), text: z.string() }),
      z.object({ do: z.literal("resolve") }),
    ]),
    onNo: z.discriminatedUnion("do", [
      z.object({ do: z.literal("mention") }),
      z.object({ do: z.literal("raise") }),
      /** The id of a destination. */
      z.object({ do: z.literal("send"), destination: z.string() }),
    ]),
  })
  .meta({ id: "AutomaticBoomerang" });

/** The question as it would be asked about the detection's newest alert. */
export const automaticPreview = z
  .object({
    alert: z.object({ number: z.number().int(), title: z.string() }),
    /** The name of the recipient; null if nobody would be reached, with the reason in `why`. */
    to: z.string().nullable(),
    why: z.string().nullable(),
    parts: questionParts,
  })
  .meta({ id: "AutomaticBoomerangPreview" });
export type AutomaticPreviewBody = z.infer<typeof automaticPreview>;
