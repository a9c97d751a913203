import { z } from "zod";

const named = z.object({ name: z.string(), email: z.string() });

/** What a form for a question begins with. */
export const boomerangDraft = z
  .object({
    question: z.string(),
    /** Values of the alert that may be put into the message. */
    fields: z.array(z.object({ name: z.string(), value: z.string() })),
    /** Whose e-mail stands in the alert, if they can be asked. Nobody is asked without a click. */
    suggested: named.nullable(),
    /** Some of those who can be asked; anybody else in the workspace is named by e-mail. */
    people: z.array(named),
    /** The channels that the bot is in; empty while Slack can't say. */
    channels: z.array(z.object({ id: z.string(), name: z.string() })),
  })
  .meta({ id: "BoomerangDraft" });
export type BoomerangDraftBody = z.infer<typeof boomerangDraft>;

/** Exactly what those who are asked will see, part by part. */
export const boomerangPreview = z
  .object({
    to: z.array(z.string()),
    parts: z.array(
      z.union([
        z.object({ kind: z.enum(["heading", "text", "note"]), text: z.string() }),
        z.object({
          kind: z.literal("buttons"),
          buttons: z.array(z.object({ label: z.string(), danger: z.boolean() })),
        }),
      ]),
    ),
  })
  .meta({ id: "BoomerangPreview" });
export type BoomerangPreviewBody = z.infer<typeof boomerangPreview>;
