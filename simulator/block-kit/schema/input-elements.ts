import { z } from "zod";
import { dispatchConfig } from "./composition.ts";
import { richText } from "./rich-text.ts";
import { actionId, plainText } from "./text.ts";

const base = {
  action_id: actionId.optional(),
  placeholder: plainText(150).optional(),
  dispatch_action_config: dispatchConfig.optional(),
  focus_on_load: z.boolean().optional(),
};

const written = { ...base, initial_value: z.string().optional() };

const plainTextInput = z.strictObject({
  ...written,
  type: z.literal("plain_text_input"),
  multiline: z.boolean().optional(),
  min_length: z.int().min(0).max(3000).optional(),
  max_length: z.int().min(1).max(3000).optional(),
});

// Slack takes numbers as text.
const number = z.string().regex(/^-?[0-9]+(\.[0-9]+)?$/, { error: "must be a valid number" });

const numberInput = z.strictObject({
  ...base,
  type: z.literal("number_input"),
  is_decimal_allowed: z.boolean(),
  initial_value: number.optional(),
  min_value: number.optional(),
  max_value: number.optional(),
});

const richTextInput = z.strictObject({
  ...base,
  type: z.literal("rich_text_input"),
  action_id: actionId,
  initial_value: richText.optional(),
});

/** What one types into; all of it stands in input blocks only. */
export const typedElements = [
  plainTextInput,
  numberInput,
  richTextInput,
  z.strictObject({ ...written, type: z.literal("email_text_input") }),
  z.strictObject({ ...written, type: z.literal("url_text_input") }),
] as const;
