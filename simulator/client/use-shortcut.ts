import { sendInteraction } from "../callbacks/call-app.ts";
import { envelope } from "../callbacks/interaction-payload.ts";
import { makeResponseUrl } from "../callbacks/response-url.ts";
import type { Scene } from "../simulator.ts";
import { issueTrigger } from "../web-api/trigger.ts";
import { messageWire } from "../web-api/wire/message-wire.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Installation } from "../workspace/installation.ts";
import type { Message } from "../workspace/message.ts";
import type { User } from "../workspace/user.ts";
import { tell, unanswered } from "./notice.ts";

type Shortcut = {
  installation: Installation;
  callbackId: string;
  /** The message from whose menu it was taken; a global shortcut has none. */
  on?: { channel: Channel; message: Message };
};

/** What a message shortcut says beyond a global one. */
function context(scene: Scene, user: User, { installation, on }: Shortcut) {
  if (!on) return { type: "shortcut" };
  const { channel, message } = on;
  return {
    type: "message_action",
    channel: { id: channel.id, name: channel.kind === "private" ? "privategroup" : channel.name },
    message_ts: message.ts,
    message: messageWire(scene.workspace, message),
    response_url: makeResponseUrl(scene, {
      installation,
      user: user.id,
      channel: channel.id,
      messageTs: message.ts,
    }),
  };
}

/** A person takes a shortcut of an app. Resolves to whether the app acknowledged it in time. */
export async function useShortcut(scene: Scene, user: User, shortcut: Shortcut): Promise<boolean> {
  const { workspace } = scene;
  const { installation, callbackId, on } = shortcut;
  const payload = {
    ...context(scene, user, shortcut),
    ...envelope(workspace, installation, user),
    callback_id: callbackId,
    trigger_id: issueTrigger(workspace, { installation, user: user.id }),
    action_ts: workspace.makeTs(),
  };
  const about = on && { channel: on.channel.id, ts: on.message.ts };
  const reply = await sendInteraction(scene, installation, { payload, ...(about && { about }) });
  if (!reply.ok) tell(scene, user, { text: unanswered(installation) });
  return reply.ok;
}
