import { z } from "zod";

const typed = z.string().max(4000).optional();

/** What was typed so far, in any part of the form. An empty value is not looked at. */
export const slackCheck = z.strictObject({
  botToken: typed,
  clientId: typed,
  clientSecret: typed,
  signingSecret: typed,
  appToken: typed,
  threadMirror: z.boolean().default(false),
  channel: typed,
  teamId: typed,
});

const verdict = z
  .object({
    /**
     * `ok`: it works. `confirm`: it works, and has to be confirmed. `warning`: it can be saved, and works once
     * something was done. `wrong`: it doesn't work. `unknown`: Slack couldn't be asked.
     */
    state: z.enum(["ok", "confirm", "warning", "wrong", "unknown"]),
    code: z.string(),
    sentence: z.string(),
    remedy: z.string().nullable(),
  })
  .meta({ id: "Verdict" });

/** A verdict for each value that was typed. */
export const slackChecked = z.object({
  fields: z.object({
    botToken: verdict.optional(),
    clientId: verdict.optional(),
    clientSecret: verdict.optional(),
    signingSecret: verdict.optional(),
    appToken: verdict.optional(),
    channel: verdict.optional(),
  }),
  /** The channel that was found; null when none was. */
  channel: z
    .object({
      id: z.string(),
      name: z.string(),
      inChannel: z.boolean(),
      private: z.boolean(),
      sharedOutside: z.boolean(),
    })
    .nullable(),
});
export type SlackChecked = z.infer<typeof slackChecked>;
