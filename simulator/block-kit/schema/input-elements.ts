import { z } from "zod";
import { confirm, dispatchConfig } from "./composition.ts";
import { richText } from "./rich-text.ts";
import { actionId, plainText } from "./text.ts";

const base = {
  action_id: actionId.optional(),
  placeholder: plainText(150).optional(),
  dispatch_action_config: dispatchConfig.optional(),
  focus_on_load: z.boolean().optional(),
};

const textInputBase = { ...base, initial_value: z.string().optional() };

const plainTextInput = z.strictObject({
  ...textInputBase,
  type: z.literal("plain_text_input"),
  multiline: z.boolean().optional(),
  min_length: z.int().min(0).max(3000).optional(),
  max_length: z.int().min(1).max(3000).optional(),
});

// Slack's API has these numbers as text.
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

/** Elements for typing, which are allowed in input blocks only. */
export const textInputs = [
  plainTextInput,
  numberInput,
  richTextInput,
  z.strictObject({ ...textInputBase, type: z.literal("email_text_input") }),
  z.strictObject({ ...textInputBase, type: z.literal("url_text_input") }),
] as const;

const interactive = {
  action_id: actionId.optional(),
  confirm: confirm.optional(),
  focus_on_load: z.boolean().optional(),
};
const pickerBase = { ...interactive, placeholder: plainText(150).optional() };

const day = z.string().regex(/^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/, {
  error: "must be in the format YYYY-MM-DD",
});
const hour = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, { error: "must be in the format HH:mm" });

export const datePicker = z.strictObject({
  ...pickerBase,
  type: z.literal("datepicker"),
  initial_date: day.optional(),
});

export const timePicker = z.strictObject({
  ...pickerBase,
  type: z.literal("timepicker"),
  initial_time: hour.optional(),
  timezone: z.string().min(1).optional(),
});

/** Its value is in seconds since 1970. It is allowed in actions and input blocks, but not in sections. */
export const datetimePicker = z.strictObject({
  ...interactive,
  type: z.literal("datetimepicker"),
  initial_date_time: z.int().min(0).max(9_999_999_999).optional(),
});
