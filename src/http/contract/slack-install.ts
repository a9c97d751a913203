import { z } from "zod";

/** What Slack sends a browser back with. */
export const oauthReturn = z.object({
  state: z.string().max(200).default(""),
  code: z.string().max(500).optional(),
  error: z.string().max(200).optional(),
});

/** An installation by OAuth that waits to be confirmed, or why there is nothing to confirm. */
export const slackInstallBody = z
  .object({
    id: z.string(),
    refusal: z.string().nullable(),
    found: z
      .object({
        team: z.string(),
        url: z.string(),
        organisation: z.boolean(),
        missingScopes: z.array(z.string()),
        /** Tocsin is installed there already, and gets a new token. */
        known: z.boolean(),
      })
      .nullable(),
  })
  .meta({ id: "SlackInstall" });
export type SlackInstallBody = z.infer<typeof slackInstallBody>;

export const installationChange = z.strictObject({ trusted: z.boolean() });
