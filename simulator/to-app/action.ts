import type { Picked } from "../block-kit/controls.ts";
import type { Option } from "../block-kit/schema/composition.ts";
import type { Element } from "../block-kit/schema/element.ts";
import { reported } from "../callbacks/state-values.ts";

const own = (element: Element) => {
  if (element.type !== "button") return "placeholder" in element ? { placeholder: element.placeholder } : {};
  const { text, value, style } = element;
  return { text, ...(value && { value }), ...(style && { style }) };
};

const initial = (element: Element) => {
  switch (element.type) {
    case "static_select":
    case "external_select":
    case "radio_buttons":
      return element.initial_option && { initial_option: element.initial_option };
    case "datepicker":
      return element.initial_date && { initial_date: element.initial_date };
    case "timepicker":
      return element.initial_time && { initial_time: element.initial_time };
    case "datetimepicker":
      return element.initial_date_time && { initial_date_time: element.initial_date_time };
    case "users_select":
      return element.initial_user && { initial_user: element.initial_user };
    default:
      return undefined;
  }
};

/** One entry of `actions[]` in a block_actions payload. */
export const action = (
  element: Element,
  {
    blockId,
    picked,
    at,
    suggested,
  }: { blockId: string; picked: Picked; at: string; suggested?: readonly Option[] },
) => ({
  type: element.type,
  action_id: element.action_id,
  block_id: blockId,
  ...own(element),
  ...initial(element),
  ...reported(element, picked, suggested),
  action_ts: at,
});
