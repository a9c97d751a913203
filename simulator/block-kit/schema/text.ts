import { z } from "zod";

// Slack returns optional fields with their default values.

// Lengths are in UTF-16 units: Slack doesn't document its unit, and this is the stricter one.

/** Text that Slack does not format, of up to `max` characters. */
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

/** A text object of either type, of up to `max` characters. */
export const text = (max = 3000) => z.discriminatedUnion("type", [plainText(max), mrkdwn(max)]);

export type Text = z.infer<ReturnType<typeof text>>;

export const actionId = z.string().min(1).max(255);
export const blockId = z.string().min(1).max(255);

/** An absolute URL. Slack may hide a button with it: see `isHiddenLink`. */
export const link = z.string().max(3000).refine(URL.canParse, { error: "must be a valid url" });
