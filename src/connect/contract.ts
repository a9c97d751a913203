import { z } from "zod";
import { cleanCredential } from "../slack/clean-credential.ts";

/** Taken without the spaces and quotes that come along when it is copied. */
const credential = z.string().overwrite(cleanCredential);
const secret = (shape: RegExp, expected: string) => credential.regex(shape, expected);

/** An empty or absent secret keeps the stored one. */
export const slackAppChange = z.strictObject({
  mode: z.enum(["http", "socket"]),
  botToken: secret(/^(xoxb-.+)?$/, "a Bot OAuth Token, which starts with xoxb-").optional(),
  clientId: credential.optional(),
  clientSecret: credential.optional(),
  signingSecret: credential.optional(),
  appToken: secret(/^(xapp-.+)?$/, "an App-Level Token, which starts with xapp-").optional(),
  threadMirror: z.boolean().optional(),
});
export type SlackAppChange = z.infer<typeof slackAppChange>;

export const slackAppBody = z
  .object({
    mode: z.enum(["http", "socket"]).nullable(),
    installations: z.array(
      z.object({
        id: z.string(),
        team: z.object({ id: z.string(), name: z.string() }).nullable(),
        enterprise: z.object({ id: z.string(), name: z.string() }).nullable(),
        botUserId: z.string(),
        /** Whether its e-mails say who acts. */
        trusted: z.boolean(),
        grantedScopes: z.array(z.string()),
        missingScopes: z.array(z.string()),
        /** Optional ones too; `cost` ends the sentence “without it …”. */
        withheldScopes: z.array(z.object({ name: z.string(), cost: z.string(), optional: z.boolean() })),
        state: z.object({
          kind: z.enum(["ok", "needs_attention"]),
          fault: z.string().optional(),
          remedy: z.string().optional(),
        }),
      }),
    ),
    threadMirror: z.boolean(),
    secretsSet: z.object({
      botToken: z.boolean(),
      clientId: z.boolean(),
      clientSecret: z.boolean(),
      signingSecret: z.boolean(),
      appToken: z.boolean(),
    }),
    requestUrl: z.string(),
    /**
     * When Slack was heard last within the hour: with a right signature, and with one that couldn't be verified,
     * as before the signing secret is known.
     */
    heard: z.object({
      verifiedAt: z.iso.datetime().nullable(),
      unverifiedAt: z.iso.datetime().nullable(),
    }),
    /** Whether the node that answers hears Slack over a socket. */
    socket: z.object({
      kind: z.enum(["off", "connecting", "connected"]),
      since: z.iso.datetime().optional(),
      fault: z.string().optional(),
      remedy: z.string().optional(),
    }),
  })
  .meta({ id: "SlackApp" });
export type SlackAppBody = z.infer<typeof slackAppBody>;
