import { initialPick, type Picked } from "../block-kit/controls.ts";
import { elementsOf } from "../block-kit/rules.ts";
import type { Block } from "../block-kit/schema/block.ts";
import type { Element } from "../block-kit/schema/element.ts";
import { stateValues } from "../callbacks/state-values.ts";
import { allBlocksOf, choiceOf, type Message } from "../workspace/message.ts";
import type { View } from "../workspace/view.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { suggestionsOf } from "./suggestions.ts";

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

/** What a person has put into the inputs of a dialog, by block_id and action_id. */
export type Filled = Record<string, Record<string, Picked>>;

type Shown = Pick<View, "id" | "openedBy"> & { modal: { blocks: readonly Block[] } };

/** `state.values` of a view: what was filled in, else what stood there when it opened. */
export const dialogValues = (workspace: Workspace, { view, filled }: { view: Shown; filled: Filled }) =>
  stateValues(
    view.modal.blocks,
    (element, blockId) => filled[blockId]?.[element.action_id ?? ""] ?? initialPick(element),
    (place) => suggestionsOf(workspace, { ...place, holder: view.id, user: view.openedBy }),
  );

/** The app drew a message anew while somebody reached for a control of it: a person looks again and takes the new one. */
export class Redrawn extends Error {}
