import { z } from "zod";
import { alertTypes, severities } from "../alert/alert.ts";
import { listParam } from "../api/page.ts";
import { linkFault } from "./slack-bot/link-template.ts";

const mention = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("here") }),
    z.strictObject({
      kind: z.literal("group"),
      /** A user group's id in Slack: it begins with S. */
      id: z.string().regex(/^S[A-Z0-9]{2,30}$/, "the id of a user group, as S0123ABCD"),
      /** As people know it; what is posted is the id. */
      name: z.string().trim().min(1).max(80),
    }),
  ])
  .meta({ id: "Mention" });

const aWeek = 7 * 24 * 60;

const reminder = z
  .strictObject({
    /** Since the card came, or since the alert was reopened or given back. */
    afterMinutes: z.number().int().min(1).max(aWeek),
    /** Again after each such time. */
    repeat: z.boolean(),
  })
  .meta({ id: "Reminder" });

/** Whom new cards call and when threads remind, by severity; nobody and never where nothing stands. */
const beingHeard = {
  mentions: z.partialRecord(z.enum(severities), mention),
  reminders: z.partialRecord(z.enum(severities), reminder),
};

const mostButtons = 3;

const linkButton = z
  .strictObject({
    /** What stands on the button; Slack shows about 30 characters. */
    label: z.string().trim().min(1, "what shall stand on the button?").max(75, "at most 75 characters"),
    /** http(s), with the alert's fields in braces after the host: `https://siem.example/?q={context.user}`. */
    url: z
      .string()
      .trim()
      .min(1, "where shall the button lead?")
      .max(2000, "at most 2,000 characters")
      .superRefine((url, context) => {
        const fault = url === "" ? null : linkFault(url);
        if (fault) context.addIssue({ code: "custom", message: fault });
      }),
  })
  .meta({ id: "LinkButton" });

/** What a destination adds to its cards; a button is hidden where the alert lacks a field that it names. */
const linkButtons = z.array(linkButton).max(mostButtons, "at most three link buttons");

const destinationState = z.object({
  kind: z.enum(["ok", "needs_attention", "disabled"]),
  /** Slack's own code, as `not_in_channel`. */
  fault: z.string().optional(),
  /** What to do about it, in words. */
  remedy: z.string().optional(),
});

/** What destinations of every type have. */
const common = {
  id: z.string(),
  displayName: z.string(),
  severities: z.array(z.enum(severities)),
  alertTypes: z.array(z.enum(alertTypes)),
  logTypes: z.array(z.string()),
  timezone: z.string(),
  state: destinationState,
  waiting: z.number().int(),
  failed: z.number().int(),
  /** Since when the oldest of those that wait has been waiting. */
  oldestWaitingAt: z.iso.datetime().nullable(),
  lastDeliveredAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
};

const slackBotBody = z
  .object({
    ...common,
    type: z.literal("slack-bot"),
    channel: z.object({ id: z.string(), name: z.string() }),
    teamId: z.string().nullable(),
    syncToSlack: z.boolean(),
    ...beingHeard,
    linkButtons,
  })
  .meta({ id: "SlackBotDestination" });
export type SlackBotBody = z.infer<typeof slackBotBody>;

const customWebhookBody = z
  .object({
    ...common,
    type: z.literal("custom-webhook"),
    url: z.string(),
    /** The names of its own headers; their values never come back. */
    headerNames: z.array(z.string()),
    /** Whether it is told of changes, or of openings only. */
    changes: z.boolean(),
  })
  .meta({ id: "CustomWebhookDestination" });
export type CustomWebhookBody = z.infer<typeof customWebhookBody>;

export const destinationBody = z
  .discriminatedUnion("type", [slackBotBody, customWebhookBody])
  .meta({ id: "Destination" });
export type DestinationBody = z.infer<typeof destinationBody>;

const severityChoice = z.array(z.enum(severities)).min(1, "choose at least one severity");
const typeChoice = z.array(z.enum(alertTypes)).min(1, "choose at least one alert type");
const timezone = z.string().refine(isZone, "an IANA time zone, as Europe/Berlin");

const displayName = z.string().trim().min(1).max(100);
const logTypes = z.array(z.string().trim().min(1).max(1000)).max(500);
const settings = {
  displayName,
  severities: severityChoice,
  alertTypes: typeChoice,
  logTypes: logTypes.default([]),
  timezone,
};

/** A channel id, a name with or without `#`, or a link to the channel. */
const channel = z.string().trim().min(1).max(500);
/** That alerts may go to a channel that is shared with another organisation, or public. */
const confirmChannel = z.boolean();
const newSlackBot = z.strictObject({
  ...settings,
  type: z.literal("slack-bot"),
  channel,
  teamId: z.string().optional(),
  confirmChannel: confirmChannel.default(false),
  syncToSlack: z.boolean().default(true),
  mentions: beingHeard.mentions.default({}),
  reminders: beingHeard.reminders.default({}),
  linkButtons: linkButtons.default([]),
});

const url = z.string().trim().min(1).max(2000);
/** Names with values; on a change an empty value keeps the stored one, and a name left out goes. */
const headers = z
  .record(z.string().min(1).max(200), z.string().max(8000))
  .refine((given) => Object.keys(given).length <= 20, "at most 20 headers");
/** The key of the signature; empty or absent: Tocsin makes one, and on a change the stored one stays. */
const secret = z.union([z.literal(""), z.string().min(8, "at least 8 characters").max(500)]);
const newCustomWebhook = z.strictObject({
  ...settings,
  type: z.literal("custom-webhook"),
  url,
  headers: headers.optional(),
  secret: secret.optional(),
  changes: z.boolean().default(false),
});

export const newDestination = z.discriminatedUnion("type", [newSlackBot, newCustomWebhook]);
/** What a caller may send; the parts with a default may be left out. */
export type NewDestination = z.input<typeof newDestination>;

export const createdDestination = z
  .discriminatedUnion("type", [
    slackBotBody,
    customWebhookBody.extend({
      /** The signing secret, if Tocsin made it: in this answer only. */
      secret: z.string().optional(),
    }),
  ])
  .meta({ id: "CreatedDestination" });
export type CreatedDestination = z.infer<typeof createdDestination>;

/** What doesn't belong to the destination's type is refused. */
export const destinationChange = z.strictObject({
  displayName: displayName.optional(),
  channel: channel.optional(),
  confirmChannel: confirmChannel.optional(),
  severities: severityChoice.optional(),
  alertTypes: typeChoice.optional(),
  logTypes: logTypes.optional(),
  timezone: timezone.optional(),
  syncToSlack: z.boolean().optional(),
  mentions: beingHeard.mentions.optional(),
  reminders: beingHeard.reminders.optional(),
  linkButtons: linkButtons.optional(),
  url: url.optional(),
  headers: headers.optional(),
  secret: secret.optional(),
  changes: z.boolean().optional(),
  enabled: z.boolean().optional(),
});
export type DestinationChange = z.infer<typeof destinationChange>;

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

/** What a destination would take. Nothing that is left out is taken, but for log types: none are all. */
export const overlapQuery = z.strictObject({
  severities: listParam(z.enum(severities)).default([]),
  alertTypes: listParam(z.enum(alertTypes)).default([]),
  logTypes: listParam(z.string().max(1000)).default([]),
  /** The destination that is changed. */
  except: z.uuid().optional(),
  /** The name or id of its channel. */
  channel: z.string().trim().max(500).optional(),
});

export const overlapBody = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      displayName: z.string(),
      /** Alerts of the last 7 days that would have gone to both. */
      alerts: z.number().int(),
    }),
  ),
});
export type OverlapBody = z.infer<typeof overlapBody>;
