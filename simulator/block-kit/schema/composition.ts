import { z } from "zod";
import { link, plainText, text } from "./text.ts";

export const option = z.strictObject({
  text: plainText(75),
  value: z.string().min(1).max(150),
  description: plainText(75).optional(),
});

export const overflowOption = option.extend({ url: link.optional() });

/** An option of radio buttons or checkboxes, whose text may be mrkdwn. */
export const choiceOption = option.extend({ text: text(75), description: text(75).optional() });

export type Option = z.infer<typeof option>;

export const optionGroup = z.strictObject({
  label: plainText(75),
  options: z.array(option).min(1).max(100),
});

export const confirm = z.strictObject({
  title: plainText(100),
  text: text(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: z.enum(["primary", "danger"]).optional(),
});

const uniqueList = <T extends string>(...values: T[]) =>
  z
    .array(z.enum(values))
    .min(1)
    .refine((list) => new Set(list).size === list.length, { error: "items must be unique" });

export const dispatchConfig = z.strictObject({
  trigger_actions_on: uniqueList("on_enter_pressed", "on_character_entered"),
});

export const conversationFilter = z
  .strictObject({
    include: uniqueList("im", "mpim", "private", "public").optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .refine((filter) => Object.keys(filter).length > 0, { error: "must not be empty" });

export type Confirm = z.infer<typeof confirm>;
