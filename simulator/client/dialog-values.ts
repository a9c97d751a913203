import { initialPick, type Picked } from "../block-kit/controls.ts";
import type { Block } from "../block-kit/schema/block.ts";
import { stateValues } from "../callbacks/state-values.ts";
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
