import { z } from "zod";

const emailField = z
  .string()
  .trim()
  .min(1, "a field's name, as email or actor.email")
  .max(100, "at most 100 characters")
  .regex(/^[^\s.]+(\.[^\s.]+)*$/, "a field's name, as email or actor.email, without spaces");

export const settingsBody = z
  .object({
    /** Whoever resolves an alert or calls it Invalid must say why: in Slack, in the Console, in bulk and by API. */
    commentRequired: z.boolean(),
    /** Fields of an alert's context that name the person to ask; compared with the end of a path, without regard to case. */
    boomerangEmailFields: z.array(z.string()),
  })
  .meta({ id: "Settings" });
export type SettingsBody = z.infer<typeof settingsBody>;

export const settingsChange = z
  .strictObject({
    commentRequired: z.boolean().optional(),
    /** None: nobody is suggested. Null: the usual ones. */
    boomerangEmailFields: z.array(emailField).max(30, "at most 30 fields").nullable().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, "name at least one setting to change");
export type SettingsChange = z.infer<typeof settingsChange>;
