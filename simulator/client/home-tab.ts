import type { Scene } from "../simulator.ts";
import { action } from "../to-app/action.ts";
import { sendInteraction } from "../callbacks/call-app.ts";
import { envelope } from "../callbacks/interaction-payload.ts";
import { issueTrigger } from "../web-api/trigger.ts";
import { homeWire } from "../web-api/wire/view-wire.ts";
import type { Installation } from "../workspace/installation.ts";
import type { User } from "../workspace/user.ts";
import { homeKey } from "../workspace/view.ts";
import { dialogValues, type Filled } from "./dialog-values.ts";
import { Redrawn } from "./redrawn.ts";
import { findControl } from "./control-values.ts";
import { tell, unanswered } from "./notice.ts";
import type { Use } from "./use-message-control.ts";

/** A person uses a control of an app's home tab. Resolves to whether the app acknowledged it. */
export async function useHomeControl(
  scene: Scene,
  user: User,
  { installation, use, filled }: { installation: Installation; use: Use; filled: Filled },
): Promise<boolean> {
  const { workspace } = scene;
  const tab = workspace.homes.get(homeKey(installation, user.id));
  const element = tab && findControl(tab.home.blocks, use);
  if (!tab || !element) throw new Redrawn(`The home tab has no control ${use.blockId}/${use.actionId}`);
  const now = { ...filled, [use.blockId]: { ...filled[use.blockId], [use.actionId]: use.picked } };
  const standing = { view: { id: tab.id, openedBy: user.id, modal: tab.home }, filled: now };
  const payload = {
    type: "block_actions",
    ...envelope(workspace, installation, user),
    container: { type: "view", view_id: tab.id },
    trigger_id: issueTrigger(workspace, { installation, user: user.id }),
    view: { ...homeWire(workspace, tab), state: { values: dialogValues(workspace, standing) } },
    actions: [action(element, { ...use, at: workspace.makeTs() })],
  };
  const reply = await sendInteraction(scene, installation, { payload });
  if (!reply.ok) tell(scene, user, { text: unanswered(installation) });
  return reply.ok;
}
