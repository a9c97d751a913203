import type { Picked } from "../block-kit/controls.ts";
import { sendInteraction } from "../callbacks/call-app.ts";
import { aboutMessage, action, envelope } from "../callbacks/interaction-payload.ts";
import { makeResponseUrl } from "../callbacks/response-url.ts";
import { stateValues } from "../callbacks/state-values.ts";
import type { Scene } from "../simulator.ts";
import { issueTrigger } from "../web-api/trigger.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Installation } from "../workspace/installation.ts";
import { allBlocksOf, type Message, rememberChoice } from "../workspace/message.ts";
import type { User } from "../workspace/user.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { installationOfBot } from "../workspace/world.ts";
import { findControl, Redrawn, shown } from "./control-values.ts";
import { tell, unanswered } from "./notice.ts";
import { type Suggested, suggest, suggestionsOf } from "./suggestions.ts";

export type Use = { blockId: string; actionId: string; picked: Picked };
type By = { installation: Installation };
type Where = { channel: Channel; message: Message };

/** What block_actions says about the message, besides the action. */
function context(
  scene: Scene,
  user: User,
  { channel, message, installation, use }: Where & By & { use: Use },
) {
  const { workspace } = scene;
  const place = (at: { blockId: string; actionId: string }) => ({ user: user.id, holder: message.ts, ...at });
  return {
    ...aboutMessage(workspace, { channel, message, blockId: use.blockId }),
    state: {
      values: stateValues(
        allBlocksOf(message),
        (element, blockId) => shown(message, { user: user.id, blockId, actionId: element.action_id ?? "" }),
        (at) => suggestionsOf(workspace, place(at)),
      ),
    },
    response_url: makeResponseUrl(scene, {
      installation,
      user: user.id,
      channel: channel.id,
      messageTs: message.ts,
    }),
  };
}

/** A person searches in a select of a message, whose options the app knows. */
export function suggestInMessage(
  scene: Scene,
  user: User,
  { channel, message, search }: Where & { search: { blockId: string; actionId: string; value: string } },
): Promise<Suggested> {
  const { workspace } = scene;
  return suggest(scene, user, {
    ...search,
    installation: appBehind(workspace, message),
    holder: message.ts,
    element: findControl(allBlocksOf(message), search),
    about: aboutMessage(workspace, { channel, message, blockId: search.blockId }),
    entry: { channel: channel.id, ts: message.ts },
  });
}

function appBehind(workspace: Workspace, message: Message): Installation {
  const installation = installationOfBot(workspace, message.botId ?? "");
  if (!installation) throw new Error("No app stands behind this message");
  return installation;
}

/** A person uses a control of a message. Resolves to whether the app acknowledged it in time. */
export async function useControl(
  scene: Scene,
  user: User,
  { channel, message, use }: Where & { use: Use },
): Promise<boolean> {
  const { workspace, changes } = scene;
  const element = findControl(allBlocksOf(message), use);
  if (!element) throw new Redrawn(`The message has no control ${use.blockId}/${use.actionId}`);
  if (element.type !== "button" && element.type !== "overflow")
    rememberChoice(message, { user: user.id, ...use }, use.picked);
  changes.bump();
  const installation = appBehind(workspace, message);
  const payload = {
    type: "block_actions",
    ...envelope(workspace, installation, user),
    ...context(scene, user, { channel, message, installation, use }),
    trigger_id: issueTrigger(workspace, { installation, user: user.id }),
    actions: [
      action(element, {
        ...use,
        at: workspace.makeTs(),
        suggested: suggestionsOf(workspace, { ...use, holder: message.ts, user: user.id }),
      }),
    ],
  };
  const reply = await sendInteraction(scene, installation, {
    payload,
    about: { channel: channel.id, ts: message.ts },
  });
  if (!reply.ok) tell(scene, user, { text: unanswered(installation), channel: channel.id });
  return reply.ok;
}
