import { z } from "zod";

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
