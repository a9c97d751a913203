import { announceTo } from "../callbacks/announce.ts";
import { sendInteraction } from "../callbacks/call-app.ts";
import { action, envelope } from "../callbacks/interaction-payload.ts";
import type { WorkspaceContext } from "../simulator.ts";
import { issueTrigger } from "../web-api/trigger.ts";
import { homeWire } from "../web-api/wire/view-wire.ts";
import { directMessage } from "../workspace/conversations.ts";
import type { Installation } from "../workspace/installation.ts";
import type { User } from "../workspace/user.ts";
import { homeKey } from "../workspace/view.ts";
import { ControlGone, dialogValues, type FilledValues, findControl } from "./control-values.ts";
import { noResponseText, showNotice } from "./notice.ts";
import type { ControlUse } from "./use-message-control.ts";

/** Uses a control of an app's home tab as a person. Resolves to whether the app acknowledged it. */
export async function useHomeControl(
  context: WorkspaceContext,
  user: User,
  { installation, use, filled }: { installation: Installation; use: ControlUse; filled: FilledValues },
): Promise<boolean> {
  const { workspace } = context;
  const tab = workspace.homes.get(homeKey(installation, user.id));
  const element = tab && findControl(tab.home.blocks, use);
  if (!tab || !element) throw new ControlGone(`The home tab has no control ${use.blockId}/${use.actionId}`);
  const values = { ...filled, [use.blockId]: { ...filled[use.blockId], [use.actionId]: use.picked } };
  const state = { view: { id: tab.id, openedBy: user.id, modal: tab.home }, filled: values };
  const payload = {
    type: "block_actions",
    ...envelope(workspace, installation, user),
    container: { type: "view", view_id: tab.id },
    trigger_id: issueTrigger(workspace, { installation, user: user.id }),
    view: { ...homeWire(workspace, tab), state: { values: dialogValues(workspace, state) } },
    actions: [action(element, { ...use, at: workspace.makeTs() })],
  };
  const reply = await sendInteraction(context, installation, { payload });
  if (!reply.ok) showNotice(context, user, { text: noResponseText(installation) });
  return reply.ok;
}

type OpenedTab = { installation: Installation; tab: "home" | "messages" };

/**
 * Opens an app's home tab or messages tab as a person, and sends `app_home_opened`. Returns the channel ID of their
 * direct messages, which are created if needed.
 */
export function openHome(context: WorkspaceContext, user: User, { installation, tab }: OpenedTab): string {
  const { workspace } = context;
  const { channel } = directMessage(workspace, installation.botUserId, user.id);
  const published = workspace.homes.get(homeKey(installation, user.id));
  announceTo(context, installation, {
    type: "app_home_opened",
    user: user.id,
    channel: channel.id,
    tab,
    event_ts: workspace.makeTs(),
    ...(published && tab === "home" && { view: homeWire(workspace, published) }),
  });
  context.changeFeed.bump();
  return channel.id;
}
