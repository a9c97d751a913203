import { z } from "zod";
import {
  answerFormats,
  maxQuestionLength,
  maxRecipients,
  openDurations,
  suppressDurations,
} from "../alert/boomerang.ts";
import { actorBody } from "../alert/contract.ts";

export const recipient = z.union(
  [
    z.strictObject({ email: z.email().max(320) }),
    z.strictObject({ slackUserId: z.string().regex(/^[UW][A-Z0-9]{2,30}$/, "a Slack ID such as U024BE7LH") }),
    z.strictObject({ channel: z.string().trim().min(1).max(500) }),
  ],
  "one of {email}, {slackUserId} or {channel}",
);

export const newBoomerang = z
  .strictObject({
    to: z.array(recipient).min(1).max(maxRecipients),
    question: z.string().trim().min(1).max(maxQuestionLength),
    answers: z.enum(answerFormats).default("yes_no"),
    openFor: z.enum(openDurations).default("4h"),
    /** An answer counts only once the person has confirmed it by OpenID Connect or a passkey. */
    secondFactor: z.boolean().default(false),
  })
  .refine(({ to }) => to.length === 1 || to.every((one) => !("channel" in one)), {
    path: ["to"],
    error: "up to five people, or one channel",
  });
export type NewBoomerang = z.infer<typeof newBoomerang>;

export const askedBody = z.object({
  id: z.string(),
  /** In the order of `to`. */
  recipients: z.array(z.object({ name: z.string(), reached: z.boolean(), why: z.string().optional() })),
});

const answer = z.union([
  z.object({ kind: z.enum(["yes", "no"]), reason: z.string().nullable() }),
  z.object({ kind: z.literal("text"), text: z.string() }),
]);

const suppressionBody = z.object({ id: z.string(), until: z.iso.datetime() });

/** Suppresses repeats for a recipient who answered Yes. `recipient` is the recipient's id in the Boomerang. */
export const newSuppression = z.strictObject({ recipient: z.uuid(), for: z.enum(suppressDurations) });
export type NewSuppression = z.infer<typeof newSuppression>;

export const boomerangBody = z
  .object({
    id: z.string(),
    alertId: z.string(),
    question: z.string(),
    answers: z.enum(answerFormats),
    askedBy: actorBody,
    state: z.enum(["open", "answered", "expired", "cancelled"]),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    recipients: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(["person", "channel"]),
        name: z.string(),
        state: z.enum(["waiting", "sent", "unreachable", "answered", "over"]),
        why: z.string().nullable(),
        answer: answer.nullable(),
        /** The answer in one line. */
        says: z.string().nullable(),
        answeredBy: z.string().nullable(),
        answeredAt: z.iso.datetime().nullable(),
        /** Until `until`, repeats for this person open no alert. */
        suppression: suppressionBody.nullable(),
      }),
    ),
  })
  .meta({ id: "Boomerang" });
export type BoomerangBody = z.infer<typeof boomerangBody>;

export const boomerangParams = z.object({ id: z.uuid() });

const namedPerson = z.object({ name: z.string(), email: z.string() });

/** The initial values of a form for a Boomerang. */
export const boomerangDraft = z
  .object({
    question: z.string(),
    /** Fields of the alert that the message can use. */
    fields: z.array(z.object({ name: z.string(), value: z.string() })),
    /** The person whose email is in the alert, if they can be asked. */
    suggested: namedPerson.nullable(),
    /** Some of the people who can be asked. Anyone else in the workspace can be given by email. */
    people: z.array(namedPerson),
    /** The channels that the bot is in; empty if Slack can't be reached. */
    channels: z.array(z.object({ id: z.string(), name: z.string() })),
    /** Whether answers can be confirmed here, by OpenID Connect or anybody's passkey. */
    secondFactor: z.boolean(),
  })
  .meta({ id: "BoomerangDraft" });
export type BoomerangDraftBody = z.infer<typeof boomerangDraft>;

/** The parts of a question as the recipients see it. */
export const questionParts = z.array(
  z.union([
    z.object({ kind: z.enum(["heading", "text", "note"]), text: z.string() }),
    z.object({
      kind: z.literal("buttons"),
      buttons: z.array(z.object({ label: z.string(), danger: z.boolean() })),
    }),
  ]),
);

/** What the recipients will see, part by part. */
export const boomerangPreview = z
  .object({ to: z.array(z.string()), parts: questionParts })
  .meta({ id: "BoomerangPreview" });
export type BoomerangPreviewBody = z.infer<typeof boomerangPreview>;
