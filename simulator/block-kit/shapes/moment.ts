import { z } from "zod";
import { confirm } from "../schema/composition.ts";
import { actionId, plainText } from "../schema/text.ts";

const asked = {
  action_id: actionId.optional(),
  confirm: confirm.optional(),
  focus_on_load: z.boolean().optional(),
};
const picked = { ...asked, placeholder: plainText(150).optional() };

const day = z.string().regex(/^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/, {
  error: "must be in the format YYYY-MM-DD",
});
const hour = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, { error: "must be in the format HH:mm" });

export const datePicker = z.strictObject({
  ...picked,
  type: z.literal("datepicker"),
  initial_date: day.optional(),
});

export const timePicker = z.strictObject({
  ...picked,
  type: z.literal("timepicker"),
  initial_time: hour.optional(),
  timezone: z.string().min(1).optional(),
});

/** In seconds since 1970. It stands in actions and inputs only, not beside a section. */
export const datetimePicker = z.strictObject({
  ...asked,
  type: z.literal("datetimepicker"),
  initial_date_time: z.int().min(0).max(9_999_999_999).optional(),
});
