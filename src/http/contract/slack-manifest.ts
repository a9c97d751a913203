import { z } from "zod";

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
