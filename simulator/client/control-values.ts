import { initialPick, type Picked } from "../block-kit/controls.ts";
import { elementsOf } from "../block-kit/rules.ts";
import type { Block } from "../block-kit/schema/block.ts";
import type { Element } from "../block-kit/schema/element.ts";
import { choiceOf } from "../workspace/deeds/choices.ts";
import { allBlocksOf, type Message } from "../workspace/message.ts";

/** The control that stands at a place, if there is one. */
export const findControl = (
  blocks: readonly Block[],
  { blockId, actionId }: { blockId: string; actionId: string },
): Element | undefined =>
  blocks
    .filter((block) => block.block_id === blockId)
    .flatMap(elementsOf)
    .find(({ element }) => element.action_id === actionId)?.element;

/** What a person's client shows in a control of a message: their own choice, else the initial value. */
export function shown(
  message: Message,
  { user, blockId, actionId }: { user: string; blockId: string; actionId: string },
): Picked {
  const chosen = choiceOf(message, { user, blockId, actionId });
  if (chosen !== undefined) return chosen;
  const element = findControl(allBlocksOf(message), { blockId, actionId });
  return element ? initialPick(element) : null;
}
