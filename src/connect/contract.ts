import { z } from "zod";
import { cleanCredential } from "../slack/verify-signature.ts";

/** Cleaned of the spaces and quotes that copying adds. */
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
  /**
   * Whether a new signing secret voids the old one at once. Otherwise both are accepted until Slack uses the new one, for
   * at most 24 hours. Left out: yes, if somebody else set the old one.
   */
  voidOldSecret: z.boolean().optional(),
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
        /** Whether Slack's emails identify Tocsin users there. */
        trusted: z.boolean(),
        grantedScopes: z.array(z.string()).nullable(),
        missingScopes: z.array(z.string()),
        /** Optional scopes included. `cost` completes “without it …”. */
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
    /** Names of people who may change secrets, for those who may not. */
    secretsBy: z.array(z.string()),
    /** What a new signing secret does to the old one if `voidOldSecret` is left out. */
    voidsOldSecret: z.boolean(),
    requestUrl: z.string(),
    /** When Slack's last verified request arrived, and the last unverified one of the past hour. */
    heard: z.object({
      verifiedAt: z.iso.datetime().nullable(),
      unverifiedAt: z.iso.datetime().nullable(),
    }),
    /** The Socket Mode connection of the node that answers. */
    socket: z.object({
      kind: z.enum(["off", "connecting", "connected"]),
      since: z.iso.datetime().optional(),
      /** The app's open connections as Slack counts them. Each node of Tocsin opens one. */
      connections: z.number().optional(),
      fault: z.string().optional(),
      remedy: z.string().optional(),
    }),
  })
  .meta({ id: "SlackApp" });
export type SlackAppBody = z.infer<typeof slackAppBody>;

export const channelsQuery = z.strictObject({
  /** What was typed so far: part of a name, an id or a link. */
  q: z.string().max(500).default(""),
  /** Required for an organisation's installation and if there are several installations. */
  teamId: z.string().optional(),
  /** Reads the whole list again. */
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
    /** Channels that the bot is in, just read from Slack. */
    invited: z.array(channel),
    /** The best 50 matches among the other channels that the bot can see, from the stored list. */
    others: z.array(channel),
    /** The channel of a pasted id or link. */
    pasted: channel.nullable(),
    /** Similar names, if no channel matches. */
    near: z.array(z.string()),
    /** The state of the stored list. Reading 10,000 channels takes about a minute. */
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

/** The values typed so far. Empty values are not checked. */
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
     * `ok`: it works. `confirm`: it works, but has to be confirmed. `warning`: it can be saved, and works after the
     * remedy. `wrong`: it doesn't work. `unknown`: Slack can't be reached.
     */
    state: z.enum(["ok", "confirm", "warning", "wrong", "unknown"]),
    code: z.string(),
    sentence: z.string(),
    remedy: z.string().nullable(),
  })
  .meta({ id: "Verdict" });

/** A verdict on each typed value. */
export const slackChecked = z.object({
  fields: z.object({
    botToken: verdict.optional(),
    clientId: verdict.optional(),
    clientSecret: verdict.optional(),
    signingSecret: verdict.optional(),
    appToken: verdict.optional(),
    channel: verdict.optional(),
  }),
  /** The channel that was found; null if none was. */
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

/** The query of Slack's OAuth redirect. */
export const oauthReturn = z.object({
  state: z.string().max(200).default(""),
  code: z.string().max(500).optional(),
  error: z.string().max(200).optional(),
});

/** An OAuth installation that waits for confirmation, or why there is nothing to confirm. */
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
        /** Tocsin is installed there already and gets a new token. */
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

/** Missing settings are taken from the app as set up, else from the manifest that was handed out last. */
export const manifestQuery = z.strictObject({
  mode: z.enum(["http", "socket"]).optional(),
  threadMirror: z.stringbool().optional(),
  orgWide: z.stringbool().optional(),
  /** Answers with only the manifest's text, in this format. */
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
    /** The page of the person's Slack apps. */
    appsUrl: z.string(),
    /** The address that Slack calls in HTTP mode. */
    requestUrl: z.string(),
    /** What keeps this manifest from working here, such as an address that Slack can't reach. */
    warnings: z.array(z.string()),
    /** `cost` completes “without it …”. */
    scopes: z.array(
      z.object({ name: z.string(), reason: z.string(), cost: z.string(), optional: z.boolean() }),
    ),
    /** A text to send with *Request to Install*. */
    requestText: z.string(),
    /** The manifest that was copied, downloaded or opened last; null before the first. */
    handedOut: z
      .object({
        at: z.iso.datetime(),
        by: z.string(),
        how: z.enum(["copied", "downloaded", "opened"]),
        settings,
        /** Whether it equals the current manifest. */
        same: z.boolean(),
        /** From the handed-out manifest to the current one, line by line; empty if they are equal. */
        difference: z.array(z.object({ kind: z.enum(["same", "added", "removed"]), text: z.string() })),
        /** What to do in Slack about the difference; null if there is none. */
        todo: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: "SlackManifest" });
export type SlackManifestBody = z.infer<typeof slackManifest>;

/** A manifest that a person took to Slack. An outdated `hash` is refused. */
export const manifestHandedOut = z.strictObject({
  ...settings.shape,
  hash: z.string(),
  how: z.enum(["copied", "downloaded", "opened"]),
});

export const iconQuery = z.strictObject({ size: z.enum(["512", "1024", "2000"]).default("1024") });
