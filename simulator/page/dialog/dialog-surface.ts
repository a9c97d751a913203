import { initialPick, type Picked } from "../../block-kit/controls.ts";
import { ask } from "../ask.ts";
import type { Surface } from "../blocks/blocks.ts";
import type { How } from "../blocks/control-props.ts";
import { troubleOf, using } from "../blocks/control-status.ts";
import type { Scene } from "../scene.ts";

export type Opened = Scene["dialogs"][number];
type Filled = Record<string, Record<string, Picked>>;

// What stands in the inputs outlives an update of the dialog as long as block_id and action_id stay.
const filledIn = new Map<string, Filled>();

/** What a person has put into the inputs of a dialog so far. */
export function filledOf({ id }: Opened): Filled {
  const filled = filledIn.get(id) ?? {};
  filledIn.set(id, filled);
  return filled;
}

/** Whether the app hears of this at once: of all but inputs, and of those only where it asked to. */
function isTold({ modal }: Opened, blockId: string, how: How): boolean {
  const block = modal.blocks.find((one) => one.block_id === blockId);
  if (block?.type !== "input") return true;
  if (!block.dispatch_action) return false;
  if (how === "picked") return true;
  const config = "dispatch_action_config" in block.element ? block.element.dispatch_action_config : undefined;
  const on = config?.trigger_actions_on ?? ["on_enter_pressed"];
  return on.includes(how === "typed" ? "on_character_entered" : "on_enter_pressed");
}

/** How the blocks of an open dialog show and report what is done with them. */
export function dialogSurface(scene: Scene, opened: Opened, redraw: () => void): Surface {
  const { as } = scene.place;
  const { id } = opened;
  const filled = filledOf(opened);
  return {
    around: scene.around,
    key: id,
    errors: opened.errors,
    trouble: troubleOf,
    held: ({ blockId, actionId }, control) => filled[blockId]?.[actionId] ?? initialPick(control),
    act({ blockId, actionId }, picked, how) {
      const use = { blockId, actionId, picked };
      filled[blockId] = { ...filled[blockId], [actionId]: picked };
      if (how === "picked") redraw();
      if (isTold(opened, blockId, how))
        using(`${id}/${blockId}/${actionId}`, ask("useInDialog", { as, view: id, use, filled }));
    },
    suggest: ({ blockId, actionId }, value) =>
      ask("suggest", { as, view: id, search: { blockId, actionId, value }, filled }),
  };
}
