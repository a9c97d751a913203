import { z } from "zod";
import { alertTypes } from "../alert/alert-type.ts";
import { severities } from "../alert/severity.ts";
import { beingHeard } from "../http/contract/being-heard.ts";
import { linkButtons } from "../http/contract/link-buttons.ts";

export const destinationState = z.object({
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
