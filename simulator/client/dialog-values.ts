import { initialPick, type Picked } from "../block-kit/picked.ts";
import { elementsOf } from "../block-kit/rules.ts";
import type { Block } from "../block-kit/shapes/block.ts";
import { stateValues } from "../to-app/reported.ts";
import { suggestionsOf } from "../workspace/deeds/suggestions.ts";
import type { View } from "../workspace/view.ts";
import type { Workspace } from "../workspace/workspace.ts";

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

const isEmpty = (picked: Picked) => picked === null || picked.length === 0;

/** What Slack's own client says about inputs, before it asks the app: by block_id. */
export function clientErrors(blocks: readonly Block[], filled: Filled): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of blocks) {
    if (block.type !== "input") continue;
    for (const { element } of elementsOf(block)) {
      const id = block.block_id ?? "";
      const picked = filled[id]?.[element.action_id ?? ""] ?? initialPick(element);
      if (isEmpty(picked)) {
        if (!block.optional) errors[id] = "Please complete this required field.";
      } else if (element.type === "plain_text_input" && typeof picked === "string") {
        if (picked.length > (element.max_length ?? 3000)) errors[id] = "This field is too long.";
        if (picked.length < (element.min_length ?? 0)) errors[id] = "This field is too short.";
      }
    }
  }
  return errors;
}
