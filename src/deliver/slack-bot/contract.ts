import { z } from "zod";
import { severities } from "../../alert/alert.ts";
import { commonBody, newDestinationFields } from "../contract.ts";
import { linkFault } from "./link-template.ts";

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

/** The settings of cards and threads. */
const cards = {
  /** Mentions in new cards and reminders in threads, by severity. A severity without an entry has none. */
  mentions: z.partialRecord(z.enum(severities), mention),
  reminders: z.partialRecord(z.enum(severities), reminder),
  /** The destination's own buttons on its cards; a button is hidden if the alert lacks one of its fields. */
  linkButtons: z.array(linkButton).max(maxButtons, "at most three link buttons"),
};

export const slackBotBody = z
  .object({
    ...commonBody,
    type: z.literal("slack-bot"),
    channel: z.object({ id: z.string(), name: z.string() }),
    teamId: z.string().nullable(),
    /** The bot's name in Slack, which people type to invite it; null until Slack has said it. */
    botName: z.string().nullable(),
    syncToSlack: z.boolean(),
    ...cards,
    /** When somebody pressed "Test the buttons" in the last welcome message; null if nobody has. */
    buttonsTestedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "SlackBotDestination" });
export type SlackBotBody = z.infer<typeof slackBotBody>;

/** A channel's ID, its name with or without `#`, or a link to it. */
const channel = z.string().trim().min(1).max(500);
/** Confirms that alerts may go to a public channel or to one that is shared with another organisation. */
const confirmChannel = z.boolean();

export const newSlackBot = z.strictObject({
  ...newDestinationFields,
  type: z.literal("slack-bot"),
  channel,
  teamId: z.string().optional(),
  confirmChannel: confirmChannel.default(false),
  syncToSlack: z.boolean().default(true),
  mentions: cards.mentions.default({}),
  reminders: cards.reminders.default({}),
  linkButtons: cards.linkButtons.default([]),
});
/** The body before defaults are applied. */
export type NewSlackBot = z.input<typeof newSlackBot>;

export const slackBotChange = z
  .strictObject({ channel, confirmChannel, syncToSlack: z.boolean(), ...cards })
  .partial();
