import { z } from "zod";
import { cleanCredential } from "../slack/verify-signature.ts";

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

export const channelsQuery = z.strictObject({
  /** What was typed so far: part of a name, an id, or a link. */
  q: z.string().max(500).default(""),
  /** On an organisation's installation, and where there are several. */
  teamId: z.string().optional(),
  /** Reads the whole list anew. */
  refresh: z.stringbool().default(false),
});

const channel = z.object({
  id: z.string(),
  name: z.string(),
  private: z.boolean(),
  sharedOutside: z.boolean(),
});

export const slackChannels = z
  .object({
    /** Those that the bot is in, as Slack says just now. */
    invited: z.array(channel),
    /** Of all that it may see, the best 50 for what was typed, as the list was read last. */
    others: z.array(channel),
    /** The one that a pasted id or link leads to. */
    pasted: channel.nullable(),
    /** Names that are like what was typed, when nothing has it in it. */
    near: z.array(z.string()),
    /** How old the list is, and whether it is being read now: that takes a minute for 10,000 channels. */
    list: z.object({
      readAt: z.iso.datetime().nullable(),
      reading: z.boolean(),
      count: z.int(),
      fault: z.string().optional(),
      remedy: z.string().optional(),
    }),
  })
  .meta({ id: "SlackChannels" });
export type SlackChannelsBody = z.infer<typeof slackChannels>;

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

const settings = z.object({
  mode: z.enum(["http", "socket"]),
  threadMirror: z.boolean(),
  orgWide: z.boolean(),
});

/** What isn't said is as the app is set up, else as in the manifest that was handed out last. */
export const manifestQuery = z.strictObject({
  mode: z.enum(["http", "socket"]).optional(),
  threadMirror: z.stringbool().optional(),
  orgWide: z.stringbool().optional(),
  /** Gives the bare manifest in this format, instead of all about it. */
  format: z.enum(["yaml", "json"]).optional(),
});

export const slackManifest = z
  .object({
    settings,
    yaml: z.string(),
    json: z.string(),
    hash: z.string(),
    /** Opens Slack's dialog for a new app with the manifest filled in. */
    createUrl: z.string(),
    /** The list of one's Slack apps. */
    appsUrl: z.string(),
    /** Where Slack sends what happens, in HTTP mode. */
    requestUrl: z.string(),
    /** In words what keeps this manifest from working here, as an address that Slack can't reach. */
    warnings: z.array(z.string()),
    /** `cost` ends the sentence “without it …”. */
    scopes: z.array(
      z.object({ name: z.string(), reason: z.string(), cost: z.string(), optional: z.boolean() }),
    ),
    /** To be sent along with *Request to Install*. */
    requestText: z.string(),
    /** The manifest that was copied, downloaded or opened last; null before the first. */
    handedOut: z
      .object({
        at: z.iso.datetime(),
        by: z.string(),
        how: z.enum(["copied", "downloaded", "opened"]),
        settings,
        /** Whether it equals the one above. */
        same: z.boolean(),
        /** From the one that was handed out to the one above, line by line; empty when they are the same. */
        difference: z.array(z.object({ kind: z.enum(["same", "added", "removed"]), text: z.string() })),
        /** What to do in Slack about the difference; null when there is none. */
        todo: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: "SlackManifest" });
export type SlackManifestBody = z.infer<typeof slackManifest>;

/** Somebody took a manifest away. `hash` names it: one that is no longer today's is refused. */
export const manifestHandedOut = z.strictObject({
  ...settings.shape,
  hash: z.string(),
  how: z.enum(["copied", "downloaded", "opened"]),
});

export const iconQuery = z.strictObject({ size: z.enum(["512", "1024", "2000"]).default("1024") });
