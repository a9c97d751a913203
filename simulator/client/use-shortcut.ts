import { sendInteraction } from "../callbacks/call-app.ts";
import { envelope } from "../callbacks/interaction-payload.ts";
import { makeResponseUrl } from "../callbacks/response-url.ts";
import type { WorkspaceContext } from "../simulator.ts";
import { issueTrigger } from "../web-api/trigger.ts";
import { messageWire } from "../web-api/wire/message-wire.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Installation } from "../workspace/installation.ts";
import type { Message } from "../workspace/message.ts";
import type { User } from "../workspace/user.ts";
import { noResponseText, showNotice } from "./notice.ts";

type Shortcut = {
  installation: Installation;
  callbackId: string;
  /** The message of a message shortcut; unset for a global shortcut. */
  on?: { channel: Channel; message: Message };
};

/** The payload's type and, for a message shortcut, the fields about the message. */
function shortcutFields(context: WorkspaceContext, user: User, { installation, on }: Shortcut) {
  if (!on) return { type: "shortcut" };
  const { channel, message } = on;
  return {
    type: "message_action",
    channel: { id: channel.id, name: channel.kind === "private" ? "privategroup" : channel.name },
    message_ts: message.ts,
    message: messageWire({ workspace: context.workspace, channel }, message),
    response_url: makeResponseUrl(context, {
      installation,
      user: user.id,
      channel: channel.id,
      messageTs: message.ts,
    }),
  };
}

/** Uses a shortcut of an app as a person. Resolves to whether the app acknowledged it in time. */
export async function useShortcut(
  context: WorkspaceContext,
  user: User,
  shortcut: Shortcut,
): Promise<boolean> {
  const { workspace } = context;
  const { installation, callbackId, on } = shortcut;
  const payload = {
    ...shortcutFields(context, user, shortcut),
    ...envelope(workspace, installation, user),
    callback_id: callbackId,
    trigger_id: issueTrigger(workspace, { installation, user: user.id }),
    action_ts: workspace.makeTs(),
  };
  const about = on && { channel: on.channel.id, ts: on.message.ts };
  const reply = await sendInteraction(context, installation, { payload, ...(about && { about }) });
  if (!reply.ok) showNotice(context, user, { text: noResponseText(installation) });
  return reply.ok;
}
