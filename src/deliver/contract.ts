import { z } from "zod";
import { alertTypes, severities } from "../alert/alert.ts";
import { listParam } from "../api/page.ts";
import { linkFault } from "./slack-bot/link-template.ts";

const mention = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("here") }),
    z.strictObject({
      kind: z.literal("group"),
      /** The user group's ID in Slack; begins with S. */
      id: z.string().regex(/^S[A-Z0-9]{2,30}$/, "must be the ID of a user group, for example S0123ABCD"),
      /** Shown in Tocsin only; messages hold the ID. */
      name: z.string().trim().min(1).max(80),
    }),
  ])
  .meta({ id: "Mention" });

const aWeek = 7 * 24 * 60;

const reminder = z
  .strictObject({
    /** Counted from the card's posting, or from when the alert was reopened, unassigned or raised. */
    afterMinutes: z.number().int().min(1).max(aWeek),
    /** Remind again each time the same period has passed. */
    repeat: z.boolean(),
  })
  .meta({ id: "Reminder" });

/** Mentions in new cards and reminders in threads, by severity. A severity without an entry has none. */
const mentionsAndReminders = {
  mentions: z.partialRecord(z.enum(severities), mention),
  reminders: z.partialRecord(z.enum(severities), reminder),
};

const maxButtons = 3;

const linkButton = z
  .strictObject({
    /** The button's text; Slack shows about 30 characters. */
    label: z.string().trim().min(1, "enter the button's text").max(75, "at most 75 characters"),
    /** An http(s) URL with the alert's fields in braces after the host: `https://siem.example/?q={context.user}`. */
    url: z
      .string()
      .trim()
      .min(1, "enter the button's URL")
      .max(2000, "at most 2,000 characters")
      .superRefine((url, context) => {
        const fault = url === "" ? null : linkFault(url);
        if (fault) context.addIssue({ code: "custom", message: fault });
      }),
  })
  .meta({ id: "LinkButton" });

/** The destination's own buttons on its cards; a button is hidden if the alert lacks one of its fields. */
const linkButtons = z.array(linkButton).max(maxButtons, "at most three link buttons");

const destinationState = z.object({
  kind: z.enum(["ok", "needs_attention", "disabled"]),
  /** Slack's error code, for example `not_in_channel`, or the code of a webhook's fault. */
  fault: z.string().optional(),
  /** What the fault means and what to do about it, as text. */
  remedy: z.string().optional(),
});

/** The fields of every destination type. */
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
  /** When the oldest waiting delivery was created. */
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
    /** The bot's name in Slack, which people type to invite it; null until Slack has said it. */
    botName: z.string().nullable(),
    syncToSlack: z.boolean(),
    ...mentionsAndReminders,
    linkButtons,
  })
  .meta({ id: "SlackBotDestination" });
export type SlackBotBody = z.infer<typeof slackBotBody>;

const customWebhookBody = z
  .object({
    ...common,
    type: z.literal("custom-webhook"),
    url: z.string(),
    /** The names of the headers that were set; their values are never returned. */
    headerNames: z.array(z.string()),
    /** True to send changes too; false to send openings only. */
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
const timezone = z.string().refine(isTimezone, "must be an IANA time zone, for example Europe/Berlin");

const displayName = z.string().trim().min(1).max(100);
const logTypes = z.array(z.string().trim().min(1).max(1000)).max(500);
const settings = {
  displayName,
  severities: severityChoice,
  alertTypes: typeChoice,
  logTypes: logTypes.default([]),
  timezone,
};

/** A channel's ID, its name with or without `#`, or a link to it. */
const channel = z.string().trim().min(1).max(500);
/** Confirms that alerts may go to a public channel or to one that is shared with another organisation. */
const confirmChannel = z.boolean();
const newSlackBot = z.strictObject({
  ...settings,
  type: z.literal("slack-bot"),
  channel,
  teamId: z.string().optional(),
  confirmChannel: confirmChannel.default(false),
  syncToSlack: z.boolean().default(true),
  mentions: mentionsAndReminders.mentions.default({}),
  reminders: mentionsAndReminders.reminders.default({}),
  linkButtons: linkButtons.default([]),
});

const url = z.string().trim().min(1).max(2000);
/** Values by name. In a change, an empty value keeps the stored one and an absent name is removed. */
const headers = z
  .record(z.string().min(1).max(200), z.string().max(8000))
  .refine((given) => Object.keys(given).length <= 20, "at most 20 headers");
/** The signing secret. Empty or absent: Tocsin generates one, or keeps the stored one in a change. */
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
/** The body before defaults are applied. */
export type NewDestination = z.input<typeof newDestination>;

export const createdDestination = z
  .discriminatedUnion("type", [
    slackBotBody,
    customWebhookBody.extend({
      /** The signing secret if Tocsin generated it; only in this response. */
      secret: z.string().optional(),
    }),
  ])
  .meta({ id: "CreatedDestination" });
export type CreatedDestination = z.infer<typeof createdDestination>;

/** Fields of another destination type are refused. */
export const destinationChange = z.strictObject({
  displayName: displayName.optional(),
  channel: channel.optional(),
  confirmChannel: confirmChannel.optional(),
  severities: severityChoice.optional(),
  alertTypes: typeChoice.optional(),
  logTypes: logTypes.optional(),
  timezone: timezone.optional(),
  syncToSlack: z.boolean().optional(),
  mentions: mentionsAndReminders.mentions.optional(),
  reminders: mentionsAndReminders.reminders.optional(),
  linkButtons: linkButtons.optional(),
  url: url.optional(),
  headers: headers.optional(),
  secret: secret.optional(),
  changes: z.boolean().optional(),
  enabled: z.boolean().optional(),
});
export type DestinationChange = z.infer<typeof destinationChange>;

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

/** The filters of a destination. Without a severity or a type no alert matches; without log types all do. */
export const overlapQuery = z.strictObject({
  severities: listParam(z.enum(severities)).default([]),
  alertTypes: listParam(z.enum(alertTypes)).default([]),
  logTypes: listParam(z.string().max(1000)).default([]),
  /** The destination that is being edited, left out of the result. */
  except: z.uuid().optional(),
  /** The name or ID of the destination's channel. */
  channel: z.string().trim().max(500).optional(),
});

export const overlapBody = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      displayName: z.string(),
      /** How many alerts of the last 7 days would have gone to both. */
      alerts: z.number().int(),
    }),
  ),
});
export type OverlapBody = z.infer<typeof overlapBody>;
