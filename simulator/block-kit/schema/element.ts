import { z } from "zod";
import {
  choiceOption,
  confirm,
  conversationFilter,
  option,
  optionGroup,
  overflowOption,
} from "./composition.ts";
import { datePicker, datetimePicker, textInputs, timePicker } from "./input-elements.ts";
import { actionId, link, plainText } from "./text.ts";

const userId = z.string().regex(/^[UW][A-Z0-9]+$/, { error: "must be a valid user id" });
const channelId = z.string().regex(/^[CG][A-Z0-9]+$/, { error: "must be a valid channel id" });

const base = { action_id: actionId.optional() };
const interactive = { ...base, confirm: confirm.optional(), focus_on_load: z.boolean().optional() };
const selectBase = { ...interactive, placeholder: plainText(150).optional() };
const multiSelectBase = { ...selectBase, max_selected_items: z.int().min(1).optional() };
const withOptions = {
  options: z.array(option).min(1).max(100).optional(),
  option_groups: z.array(optionGroup).min(1).max(100).optional(),
};

export const button = z.strictObject({
  ...base,
  type: z.literal("button"),
  text: plainText(75),
  url: link.optional(),
  value: z.string().min(1).max(2000).optional(),
  style: z.enum(["primary", "danger"]).optional(),
  confirm: confirm.optional(),
  accessibility_label: z.string().min(1).max(75).optional(),
});

const overflow = z.strictObject({
  ...base,
  type: z.literal("overflow"),
  options: z.array(overflowOption).min(1).max(5),
  confirm: confirm.optional(),
});

const staticSelect = z.strictObject({
  ...selectBase,
  ...withOptions,
  type: z.literal("static_select"),
  initial_option: option.optional(),
});

const multiStaticSelect = z.strictObject({
  ...multiSelectBase,
  ...withOptions,
  type: z.literal("multi_static_select"),
  initial_options: z.array(option).min(1).optional(),
});

const minQueryLength = z.int().min(0).optional();

const externalSelect = z.strictObject({
  ...selectBase,
  type: z.literal("external_select"),
  initial_option: option.optional(),
  min_query_length: minQueryLength,
});

const multiExternalSelect = z.strictObject({
  ...multiSelectBase,
  type: z.literal("multi_external_select"),
  initial_options: z.array(option).min(1).optional(),
  min_query_length: minQueryLength,
});

const usersSelect = z.strictObject({
  ...selectBase,
  type: z.literal("users_select"),
  initial_user: userId.optional(),
});

const multiUsersSelect = z.strictObject({
  ...multiSelectBase,
  type: z.literal("multi_users_select"),
  initial_users: z.array(userId).min(1).optional(),
});

const conversationsSelect = z.strictObject({
  ...selectBase,
  type: z.literal("conversations_select"),
  initial_conversation: z.string().min(1).optional(),
  default_to_current_conversation: z.boolean().optional(),
  response_url_enabled: z.boolean().optional(),
  filter: conversationFilter.optional(),
});

const channelsSelect = z.strictObject({
  ...selectBase,
  type: z.literal("channels_select"),
  initial_channel: channelId.optional(),
  response_url_enabled: z.boolean().optional(),
});

const multiConversationsSelect = z.strictObject({
  ...multiSelectBase,
  type: z.literal("multi_conversations_select"),
  initial_conversations: z.array(z.string().min(1)).min(1).optional(),
  default_to_current_conversation: z.boolean().optional(),
  filter: conversationFilter.optional(),
});

const multiChannelsSelect = z.strictObject({
  ...multiSelectBase,
  type: z.literal("multi_channels_select"),
  initial_channels: z.array(channelId).min(1).optional(),
});

const radioButtons = z.strictObject({
  ...interactive,
  type: z.literal("radio_buttons"),
  options: z.array(choiceOption).min(1).max(10),
  initial_option: choiceOption.optional(),
});

const checkboxes = z.strictObject({
  ...interactive,
  type: z.literal("checkboxes"),
  options: z.array(choiceOption).min(1).max(10),
  initial_options: z.array(choiceOption).min(1).optional(),
});

const inputOrSectionElements = [
  staticSelect,
  multiStaticSelect,
  externalSelect,
  multiExternalSelect,
  usersSelect,
  multiUsersSelect,
  conversationsSelect,
  multiConversationsSelect,
  channelsSelect,
  multiChannelsSelect,
  radioButtons,
  checkboxes,
  datePicker,
  timePicker,
] as const;

/** The elements that a section's accessory may be, besides an image. */
export const accessoryElement = z.discriminatedUnion("type", [button, overflow, ...inputOrSectionElements]);

/** The elements of an actions block. */
export const actionElement = z.discriminatedUnion("type", [
  button,
  overflow,
  datetimePicker,
  ...inputOrSectionElements,
]);

/** The elements of an input block. */
export const inputElement = z.discriminatedUnion("type", [
  ...textInputs,
  datetimePicker,
  ...inputOrSectionElements,
]);

export type Element = z.infer<typeof actionElement> | z.infer<typeof inputElement>;
