import type { Picked } from "../block-kit/picked.ts";
import type { Scene } from "../simulator.ts";
import { action } from "../to-app/action.ts";
import { sendInteraction } from "../to-app/calling/call-app.ts";
import { envelope } from "../to-app/envelope.ts";
import { stateValues } from "../to-app/reported.ts";
import { makeResponseUrl } from "../to-app/response-url.ts";
import { issueTrigger } from "../web-api/views/trigger.ts";
import { messageWire } from "../web-api/wire/message-wire.ts";
import type { Channel } from "../workspace/channel.ts";
import { rememberChoice } from "../workspace/deeds/choices.ts";
import type { Installation } from "../workspace/installation.ts";
import { blocksOf, type Message } from "../workspace/message.ts";
import type { User } from "../workspace/user.ts";
import { installationOfBot } from "../workspace/world.ts";
import { Redrawn } from "./redrawn.ts";
import { findControl, shown } from "./shown.ts";
import { tell, unanswered } from "./tell.ts";

export type Use = { blockId: string; actionId: string; picked: Picked };
type By = { installation: Installation };
type Where = { channel: Channel; message: Message };

const container = ({ channel, message }: Where) => ({
  type: "message",
  message_ts: message.ts,
  channel_id: channel.id,
  is_ephemeral: message.visibleTo !== undefined,
  ...(message.threadTs && { thread_ts: message.threadTs }),
});

/** What block_actions says about the message, besides the action. */
function context(scene: Scene, user: User, { channel, message, installation }: Where & By) {
  const blocks = blocksOf(message);
  return {
    container: container({ channel, message }),
    // Slack doesn't tell the name of a private channel: it calls every one of them so.
    channel: { id: channel.id, name: channel.kind === "private" ? "privategroup" : channel.name },
    // Slack doesn't keep ephemeral messages, and so sends nothing of them.
    ...(message.visibleTo === undefined && { message: messageWire(scene.workspace, message) }),
    state: {
      values: stateValues(blocks, (element, blockId) =>
        shown(message, { user: user.id, blockId, actionId: element.action_id ?? "" }),
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

/** A person uses a control of a message. Resolves to whether the app acknowledged it in time. */
export async function useControl(
  scene: Scene,
  user: User,
  { channel, message, use }: Where & { use: Use },
): Promise<boolean> {
  const { workspace, changes } = scene;
  const element = findControl(blocksOf(message), use);
  if (!element) throw new Redrawn(`The message has no control ${use.blockId}/${use.actionId}`);
  if (element.type !== "button" && element.type !== "overflow")
    rememberChoice(message, { user: user.id, ...use }, use.picked);
  changes.bump();
  const installation = installationOfBot(workspace, message.botId ?? "");
  if (!installation) throw new Error("No app stands behind this message");
  const payload = {
    type: "block_actions",
    ...envelope(workspace, installation, user),
    ...context(scene, user, { channel, message, installation }),
    trigger_id: issueTrigger(workspace, { installation, user: user.id }),
    actions: [action(element, { ...use, at: workspace.makeTs() })],
  };
  const reply = await sendInteraction(scene, installation, {
    payload,
    about: { channel: channel.id, ts: message.ts },
  });
  if (!reply.ok) tell(scene, user, { text: unanswered(installation), channel: channel.id });
  return reply.ok;
}
