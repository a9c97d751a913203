import { optionsOf, type Picked } from "../block-kit/picked.ts";
import { elementsOf } from "../block-kit/rules.ts";
import type { Block } from "../block-kit/shapes/block.ts";
import type { Element } from "../block-kit/shapes/element.ts";

const one = (picked: Picked) => (typeof picked === "string" ? picked : null);
const several = (picked: Picked) => (Array.isArray(picked) ? picked : []);

/** What was picked, in the words that Slack uses for this kind of control; `null` when it was cleared. */
export function reported(element: Element, picked: Picked): Record<string, unknown> {
  const options = optionsOf(element);
  switch (element.type) {
    case "button":
      return {};
    case "overflow":
    case "static_select":
    case "radio_buttons":
      return { selected_option: options.find((option) => option.value === picked) ?? null };
    case "multi_static_select":
    case "checkboxes":
      return { selected_options: options.filter((option) => several(picked).includes(option.value)) };
    case "users_select":
      return { selected_user: one(picked) };
    case "multi_users_select":
      return { selected_users: several(picked) };
    case "conversations_select":
      return { selected_conversation: one(picked) };
    case "channels_select":
      return { selected_channel: one(picked) };
    case "plain_text_input":
      return { value: one(picked) || null };
    default:
      throw new Error("An element of a kind that the simulator doesn't know", {
        cause: element satisfies never,
      });
  }
}

type StateValues = Record<string, Record<string, { type: string; [key: string]: unknown }>>;

/** `state.values`: what stands in each control that can hold something, by block_id and action_id. */
export function stateValues(
  blocks: readonly Block[],
  standing: (element: Element, blockId: string) => Picked,
): StateValues {
  const values: StateValues = {};
  for (const block of blocks) {
    const blockId = block.block_id ?? "";
    const holding = elementsOf(block).filter(
      ({ element: { type } }) => type !== "button" && type !== "overflow",
    );
    if (holding.length > 0)
      values[blockId] = Object.fromEntries(
        holding.map(({ element }) => [
          element.action_id ?? "",
          { type: element.type, ...reported(element, standing(element, blockId)) },
        ]),
      );
  }
  return values;
}
