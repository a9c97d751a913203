import { z } from "zod";
import { alertTypes } from "../../alert/alert-type.ts";
import { severities } from "../../alert/severity.ts";

export const destinationState = z.object({
  kind: z.enum(["ok", "needs_attention", "disabled"]),
  /** Slack's own code, as `not_in_channel`. */
  fault: z.string().optional(),
  /** What to do about it, in words. */
  remedy: z.string().optional(),
});

export const destinationBody = z
  .object({
    id: z.string(),
    type: z.literal("slack-bot"),
    displayName: z.string(),
    channel: z.object({ id: z.string(), name: z.string() }),
    teamId: z.string().nullable(),
    severities: z.array(z.enum(severities)),
    alertTypes: z.array(z.enum(alertTypes)),
    logTypes: z.array(z.string()),
    timezone: z.string(),
    syncToSlack: z.boolean(),
    state: destinationState,
    waiting: z.number().int(),
    failed: z.number().int(),
    lastDeliveredAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  })
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
