import { z } from "zod";
import { alertTypes } from "../../alert/alert-type.ts";
import { severities } from "../../alert/severity.ts";
import { beingHeard } from "./being-heard.ts";

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

export const destinationBody = z
  .discriminatedUnion("type", [slackBotBody, customWebhookBody])
  .meta({ id: "Destination" });
export type DestinationBody = z.infer<typeof destinationBody>;

const severityChoice = z.array(z.enum(severities)).min(1, "choose at least one severity");
const typeChoice = z.array(z.enum(alertTypes)).min(1, "choose at least one alert type");
const timezone = z.string().refine(isZone, "an IANA time zone, as Europe/Berlin");

export const newDestination = z.strictObject({
  type: z.literal("slack-bot"),
  displayName: z.string().trim().min(1).max(100),
  /** A channel id, a name with or without `#`, or a link to the channel. */
  channel: z.string().trim().min(1).max(500),
  teamId: z.string().optional(),
  severities: severityChoice,
  alertTypes: typeChoice,
  logTypes: z.array(z.string().trim().min(1).max(1000)).max(500).default([]),
  timezone,
  syncToSlack: z.boolean().default(true),
  mentions: beingHeard.mentions.default({}),
  reminders: beingHeard.reminders.default({}),
});
export type NewDestination = z.infer<typeof newDestination>;

export const destinationChange = z.strictObject({
  displayName: newDestination.shape.displayName.optional(),
  channel: newDestination.shape.channel.optional(),
  severities: severityChoice.optional(),
  alertTypes: typeChoice.optional(),
  logTypes: z.array(z.string().trim().min(1).max(1000)).max(500).optional(),
  timezone: timezone.optional(),
  syncToSlack: z.boolean().optional(),
  mentions: beingHeard.mentions.optional(),
  reminders: beingHeard.reminders.optional(),
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
