import { announceTo } from "../callbacks/announce.ts";
import { sendInteraction } from "../callbacks/call-app.ts";
import { action, envelope } from "../callbacks/interaction-payload.ts";
import type { Scene } from "../simulator.ts";
import { issueTrigger } from "../web-api/trigger.ts";
import { homeWire } from "../web-api/wire/view-wire.ts";
import { directMessage } from "../workspace/conversations.ts";
import type { Installation } from "../workspace/installation.ts";
import type { User } from "../workspace/user.ts";
import { homeKey } from "../workspace/view.ts";
import { dialogValues, type Filled, findControl, Redrawn } from "./control-values.ts";
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

type Looked = { installation: Installation; tab: "home" | "messages" };

/**
 * A person looks at an app's home tab or at their messages with it: the app is told, and may publish what stands
 * there. Gives back the id of their direct messages, which are there from then on.
 */
export function openHome(scene: Scene, user: User, { installation, tab }: Looked): string {
  const { workspace } = scene;
  const { channel } = directMessage(workspace, installation.botUserId, user.id);
  const published = workspace.homes.get(homeKey(installation, user.id));
  announceTo(scene, installation, {
    type: "app_home_opened",
    user: user.id,
    channel: channel.id,
    tab,
    event_ts: workspace.makeTs(),
    ...(published && tab === "home" && { view: homeWire(workspace, published) }),
  });
  scene.changes.bump();
  return channel.id;
}
