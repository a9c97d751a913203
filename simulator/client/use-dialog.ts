import type { Scene } from "../simulator.ts";
import { action } from "../to-app/action.ts";
import { sendInteraction } from "../callbacks/call-app.ts";
import { envelope } from "../callbacks/interaction-payload.ts";
import { issueTrigger } from "../web-api/trigger.ts";
import { viewWire } from "../web-api/wire/view-wire.ts";
import { suggestionsOf } from "../workspace/deeds/suggestions.ts";
import type { User } from "../workspace/user.ts";
import type { View } from "../workspace/view.ts";
import { dialogValues, type Filled } from "./dialog-values.ts";
import { findControl } from "./control-values.ts";
import { type Suggested, suggest } from "./suggestions.ts";
import { tell, unanswered } from "./notice.ts";
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
