import { partText } from "./rich-text.ts";
import type { Element } from "./schema/element.ts";

/**
 * The value of a control: a text, an option's value, an ID, several of these, or null if it is empty. Pages and
 * stories use it for controls of all types.
 */
export type ControlValue = string | readonly string[] | null;

type Option = { value: string };
const value = (option: Option | undefined) => option?.value ?? null;
const values = (options: readonly Option[] | undefined) => options?.map((option) => option.value) ?? [];

type RichText = NonNullable<Extract<Element, { type: "rich_text_input" }>["initial_value"]>;

/** Rich text as plain text for a text box. */
const plainText = ({ elements }: RichText) => elements.map((part) => partText(part, (id) => id)).join("\n");

/** The initial value of a control. */
export function initialValue(element: Element): ControlValue {
  switch (element.type) {
    case "button":
    case "overflow":
      return null;
    case "static_select":
    case "external_select":
    case "radio_buttons":
      return value(element.initial_option);
    case "datepicker":
      return element.initial_date ?? null;
    case "timepicker":
      return element.initial_time ?? null;
    case "datetimepicker":
      return element.initial_date_time?.toString() ?? null;
    case "multi_static_select":
    case "multi_external_select":
    case "checkboxes":
      return values(element.initial_options);
    case "users_select":
      return element.initial_user ?? null;
    case "multi_users_select":
      return element.initial_users ?? [];
    case "conversations_select":
      return element.initial_conversation ?? null;
    case "multi_conversations_select":
      return element.initial_conversations ?? [];
    case "channels_select":
      return element.initial_channel ?? null;
    case "multi_channels_select":
      return element.initial_channels ?? [];
    case "plain_text_input":
    case "email_text_input":
    case "url_text_input":
    case "number_input":
      return element.initial_value ?? null;
    case "rich_text_input":
      return element.initial_value ? plainText(element.initial_value) : null;
    default:
      throw new Error("Unknown element type", {
        cause: element satisfies never,
      });
  }
}

/** All options that are part of a control, including those in groups, but not those that an app suggests. */
export const optionsOf = (element: Element) => {
  if (element.type === "external_select") return element.initial_option ? [element.initial_option] : [];
  if (element.type === "multi_external_select") return element.initial_options ?? [];
  if (!("options" in element) && !("option_groups" in element)) return [];
  const groups = "option_groups" in element ? (element.option_groups ?? []) : [];
  return [...(element.options ?? []), ...groups.flatMap((group) => group.options)];
};

/** Whether Slack hides a button with this link: it accepts hosts without a dot but doesn't show the button. */
export const isHiddenLink = (url: string): boolean =>
  /^https?:/.test(url) && !(URL.parse(url)?.hostname ?? "").includes(".");
