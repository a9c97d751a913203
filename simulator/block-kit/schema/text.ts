import { z } from "zod";

// What is left out stands in all that Slack hands out of it, with the value it takes it to have.

// Lengths are counted in UTF-16 units, the stricter of the two readings: Slack doesn't say which it uses.

/** Text that Slack neither parses nor formats, `max` characters at most. */
export const plainText = (max = 3000) =>
  z.strictObject({
    type: z.literal("plain_text"),
    text: z.string().min(1).max(max),
    emoji: z.boolean().default(true),
  });

const mrkdwn = (max: number) =>
  z.strictObject({
    type: z.literal("mrkdwn"),
    text: z.string().min(1).max(max),
    verbatim: z.boolean().default(false),
  });

/** Either kind of text object, `max` characters at most. */
export const text = (max = 3000) => z.discriminatedUnion("type", [plainText(max), mrkdwn(max)]);

export type Text = z.infer<ReturnType<typeof text>>;

export const actionId = z.string().min(1).max(255);
export const blockId = z.string().min(1).max(255);

/** An absolute address. Whether Slack also shows it is another matter: see `hidden-link.ts`. */
export const link = z.string().max(3000).refine(URL.canParse, { error: "must be a valid url" });
