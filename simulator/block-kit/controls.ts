import { partText } from "./rich-text.ts";
import type { Element } from "./schema/element.ts";

/**
 * What a person has put into a control: text, the value of an option, an id, several of these, or nothing.
 * It is the one language in which pages and stories speak about controls of every kind.
 */
export type Picked = string | readonly string[] | null;

type Option = { value: string };
const value = (option: Option | undefined) => option?.value ?? null;
const values = (options: readonly Option[] | undefined) => options?.map((option) => option.value) ?? [];

type RichText = NonNullable<Extract<Element, { type: "rich_text_input" }>["initial_value"]>;

/** Rich text as it stands in a box for writing. */
const plainOf = ({ elements }: RichText) => elements.map((part) => partText(part, (id) => id)).join("\n");

/** What stands in a control before anybody touches it. */
export function initialPick(element: Element): Picked {
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
      return element.initial_value ? plainOf(element.initial_value) : null;
    default:
      throw new Error("An element of a kind that the simulator doesn't know", {
        cause: element satisfies never,
      });
  }
}

/** All options that a control itself names, those in groups too; what an app suggests is not among them. */
export const optionsOf = (element: Element) => {
  if (element.type === "external_select") return element.initial_option ? [element.initial_option] : [];
  if (element.type === "multi_external_select") return element.initial_options ?? [];
  if (!("options" in element) && !("option_groups" in element)) return [];
  const groups = "option_groups" in element ? (element.option_groups ?? []) : [];
  return [...(element.options ?? []), ...groups.flatMap((group) => group.options)];
};

/** Slack takes a button whose link has a host without a dot, and shows it to nobody. */
export const isHiddenLink = (url: string): boolean =>
  /^https?:/.test(url) && !(URL.parse(url)?.hostname ?? "").includes(".");
