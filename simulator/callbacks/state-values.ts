import { type ControlValue, initialValue, optionsOf } from "../block-kit/controls.ts";
import { elementsOf } from "../block-kit/rules.ts";
import type { Block } from "../block-kit/schema/block.ts";
import type { Option } from "../block-kit/schema/composition.ts";
import type { Element } from "../block-kit/schema/element.ts";

const one = (picked: ControlValue) => (typeof picked === "string" ? picked : null);
const several = (picked: ControlValue) => (Array.isArray(picked) ? picked : []);

/** The value of a rich text input. An unchanged initial value keeps its formatting. */
function richText(element: Extract<Element, { type: "rich_text_input" }>, text: string | null) {
  if (!text) return null;
  if (text === initialValue(element)) return element.initial_value;
  const elements = [{ type: "rich_text_section", elements: [{ type: "text", text }] }];
  return { type: "rich_text", elements };
}

/**
 * A control's value in Slack's format for this type of control; `null` if it was cleared. `suggested` are the options
 * that the app offered to this person.
 */
export function valueFields(
  element: Element,
  picked: ControlValue,
  suggested: readonly Option[] = [],
): Record<string, unknown> {
  const options = [...suggested, ...optionsOf(element)];
  switch (element.type) {
    case "button":
      return {};
    case "overflow":
    case "static_select":
    case "external_select":
    case "radio_buttons":
      return { selected_option: options.find((option) => option.value === picked) ?? null };
    case "multi_static_select":
    case "multi_external_select":
    case "checkboxes":
      return {
        selected_options: several(picked).flatMap(
          (value) => options.find((one) => one.value === value) ?? [],
        ),
      };
    case "users_select":
      return { selected_user: one(picked) };
    case "multi_users_select":
      return { selected_users: several(picked) };
    case "conversations_select":
      return { selected_conversation: one(picked) };
    case "multi_conversations_select":
      return { selected_conversations: several(picked) };
    case "channels_select":
      return { selected_channel: one(picked) };
    case "multi_channels_select":
      return { selected_channels: several(picked) };
    case "datepicker":
      return { selected_date: one(picked) };
    case "timepicker":
      return { selected_time: one(picked) };
    case "datetimepicker":
      return { selected_date_time: picked === null ? null : Number(picked) };
    case "plain_text_input":
    case "email_text_input":
    case "url_text_input":
    case "number_input":
      return { value: one(picked) || null };
    case "rich_text_input":
      return { rich_text_value: richText(element, one(picked)) };
    default:
      throw new Error("Unknown element type", {
        cause: element satisfies never,
      });
  }
}

type StateValues = Record<string, Record<string, { type: string; [key: string]: unknown }>>;

/** `state.values`: the value of each control that can have one, by `block_id` and `action_id`. */
export function stateValues(
  blocks: readonly Block[],
  currentValue: (element: Element, blockId: string) => ControlValue,
  suggested: (control: { blockId: string; actionId: string }) => readonly Option[] = () => [],
): StateValues {
  const values: StateValues = {};
  for (const block of blocks) {
    const blockId = block.block_id ?? "";
    const withValues = elementsOf(block).filter(
      ({ element: { type } }) => type !== "button" && type !== "overflow",
    );
    if (withValues.length > 0)
      values[blockId] = Object.fromEntries(
        withValues.map(({ element }) => {
          const actionId = element.action_id ?? "";
          const fields = valueFields(
            element,
            currentValue(element, blockId),
            suggested({ blockId, actionId }),
          );
          return [actionId, { type: element.type, ...fields }];
        }),
      );
  }
  return values;
}
