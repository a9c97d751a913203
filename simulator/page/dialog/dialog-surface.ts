import { type ControlValue, initialValue } from "../../block-kit/controls.ts";
import { ask } from "../ask.ts";
import type { Surface } from "../blocks/blocks.ts";
import type { InputPhase } from "../blocks/control-props.ts";
import { controlStatus, trackUse } from "../blocks/control-status.ts";
import type { PageState } from "../page-state.ts";

export type OpenDialog = PageState["dialogs"][number];
type Filled = Record<string, Record<string, ControlValue>>;

// Values survive an update of the dialog if `block_id` and `action_id` stay the same.
const filledIn = new Map<string, Filled>();

/** The values that a person has filled into a dialog so far. */
export function filledOf({ id }: OpenDialog): Filled {
  const filled = filledIn.get(id) ?? {};
  filledIn.set(id, filled);
  return filled;
}

/** Whether an action sends `block_actions` at once; inputs only do so with `dispatch_action`. */
function sendsAction({ modal }: OpenDialog, blockId: string, phase: InputPhase): boolean {
  const block = modal.blocks.find((one) => one.block_id === blockId);
  if (block?.type !== "input") return true;
  if (!block.dispatch_action) return false;
  if (phase === "picked") return true;
  const config = "dispatch_action_config" in block.element ? block.element.dispatch_action_config : undefined;
  const on = config?.trigger_actions_on ?? ["on_enter_pressed"];
  return on.includes(phase === "typed" ? "on_character_entered" : "on_enter_pressed");
}

/** Supplies the values of an open dialog's blocks and handles their actions. */
export function dialogSurface(state: PageState, opened: OpenDialog, redraw: () => void): Surface {
  const { as } = state.route;
  const { id } = opened;
  const filled = filledOf(opened);
  return {
    workspace: state.workspace,
    key: id,
    errors: opened.errors,
    status: controlStatus,
    currentValue: ({ blockId, actionId }, control) => filled[blockId]?.[actionId] ?? initialValue(control),
    onAction({ blockId, actionId }, picked, phase) {
      const use = { blockId, actionId, picked };
      filled[blockId] = { ...filled[blockId], [actionId]: picked };
      if (phase === "picked") redraw();
      if (sendsAction(opened, blockId, phase))
        trackUse(`${id}/${blockId}/${actionId}`, ask("useInDialog", { as, view: id, use, filled }));
    },
    suggest: ({ blockId, actionId }, value) =>
      ask("suggest", { as, view: id, search: { blockId, actionId, value }, filled }),
  };
}
