import { type ControlValue, initialValue } from "../block-kit/controls.ts";
import { elementsOf } from "../block-kit/rules.ts";
import type { Block } from "../block-kit/schema/block.ts";
import type { Element } from "../block-kit/schema/element.ts";
import { stateValues } from "../callbacks/state-values.ts";
import { allBlocksOf, choiceOf, type Message } from "../workspace/message.ts";
import type { View } from "../workspace/view.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { suggestionsOf } from "./suggestions.ts";

/** Finds a control by its IDs. */
export const findControl = (
  blocks: readonly Block[],
  { blockId, actionId }: { blockId: string; actionId: string },
): Element | undefined =>
  blocks
    .filter((block) => block.block_id === blockId)
    .flatMap(elementsOf)
    .find(({ element }) => element.action_id === actionId)?.element;

/** The value that a person's client shows in a control of a message: their own choice or the initial value. */
export function shownValue(
  message: Message,
  { user, blockId, actionId }: { user: string; blockId: string; actionId: string },
): ControlValue {
  const chosen = choiceOf(message, { user, blockId, actionId });
  if (chosen !== undefined) return chosen;
  const element = findControl(allBlocksOf(message), { blockId, actionId });
  return element ? initialValue(element) : null;
}

/** What a person has filled into a dialog, by `block_id` and `action_id`. */
export type FilledValues = Record<string, Record<string, ControlValue>>;

type OpenView = Pick<View, "id" | "openedBy"> & { modal: { blocks: readonly Block[] } };

/** `state.values` of a view: the filled in values, or the initial ones. */
export const dialogValues = (
  workspace: Workspace,
  { view, filled }: { view: OpenView; filled: FilledValues },
) =>
  stateValues(
    view.modal.blocks,
    (element, blockId) => filled[blockId]?.[element.action_id ?? ""] ?? initialValue(element),
    (control) => suggestionsOf(workspace, { ...control, container: view.id, user: view.openedBy }),
  );

/** A control does not exist (any more): the app may have updated the message or view meanwhile. */
export class ControlGone extends Error {}
