import { sendInteraction } from "../callbacks/call-app.ts";
import { action, envelope } from "../callbacks/interaction-payload.ts";
import type { Scene } from "../simulator.ts";
import { issueTrigger } from "../web-api/trigger.ts";
import { viewWire } from "../web-api/wire/view-wire.ts";
import type { User } from "../workspace/user.ts";
import type { View } from "../workspace/view.ts";
import { dialogValues, type Filled, findControl } from "./control-values.ts";
import { tell, unanswered } from "./notice.ts";
import { type Suggested, suggest, suggestionsOf } from "./suggestions.ts";
import type { Use } from "./use-message-control.ts";

/** A person uses a control of a dialog that acts at once. Resolves to whether the app acknowledged it. */
export async function useDialogControl(
  scene: Scene,
  user: User,
  { view, use, filled }: { view: View; use: Use; filled: Filled },
): Promise<boolean> {
  const { workspace } = scene;
  const element = findControl(view.modal.blocks, use);
  if (!element) throw new Error(`The dialog has no control ${use.blockId}/${use.actionId}`);
  const now = { ...filled, [use.blockId]: { ...filled[use.blockId], [use.actionId]: use.picked } };
  const payload = {
    type: "block_actions",
    ...envelope(workspace, view.installation, user),
    container: { type: "view", view_id: view.id },
    trigger_id: issueTrigger(workspace, { installation: view.installation, user: user.id, viewId: view.id }),
    view: viewWire(workspace, view, dialogValues(workspace, { view, filled: now })),
    actions: [
      action(element, {
        ...use,
        at: workspace.makeTs(),
        suggested: suggestionsOf(workspace, { ...use, holder: view.id, user: user.id }),
      }),
    ],
  };
  const reply = await sendInteraction(scene, view.installation, { payload });
  if (!reply.ok) tell(scene, user, { text: unanswered(view.installation) });
  return reply.ok;
}

type Searched = { view: View; search: { blockId: string; actionId: string; value: string }; filled: Filled };

/** A person searches in a select of a dialog, whose options the app knows. */
export function suggestInDialog(
  scene: Scene,
  user: User,
  { view, search, filled }: Searched,
): Promise<Suggested> {
  const { workspace } = scene;
  return suggest(scene, user, {
    ...search,
    installation: view.installation,
    holder: view.id,
    element: findControl(view.modal.blocks, search),
    about: {
      container: { type: "view", view_id: view.id },
      view: viewWire(workspace, view, dialogValues(workspace, { view, filled })),
    },
  });
}

/**
 * A person cancels a dialog, or with `all` closes it and those below it by its ×. An app hears of each that asked
 * for that, the top one first, and nobody waits for it.
 */
export async function closeDialog(
  scene: Scene,
  user: User,
  { view, all }: { view: View; all: boolean },
): Promise<void> {
  const { workspace, changes } = scene;
  const stack = workspace.views.get(user.id) ?? [];
  const isCleared = all || view.modal.clear_on_close === true;
  workspace.views.set(user.id, isCleared ? [] : stack.filter((other) => other !== view));
  changes.bump();
  const closed = isCleared ? stack.toReversed() : [view];
  for (const one of closed.filter(({ modal }) => modal.notify_on_close))
    await sendInteraction(scene, one.installation, {
      payload: {
        type: "view_closed",
        ...envelope(workspace, one.installation, user),
        view: viewWire(workspace, one, dialogValues(workspace, { view: one, filled: {} })),
        is_cleared: isCleared,
        response_urls: [],
      },
    });
}
