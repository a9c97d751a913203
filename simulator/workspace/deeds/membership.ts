import type { Channel } from "../channel.ts";
import type { Message } from "../message.ts";
import type { Workspace } from "../workspace.ts";
import { addMessage } from "../write-message.ts";

type Who = { user: string; inviter?: string | undefined };

/** Lets somebody into a channel. Gives back Slack's line about it; nothing for who is in it already. */
export function join(workspace: Workspace, channel: Channel, { user, inviter }: Who): Message | undefined {
  if (channel.members.has(user)) return undefined;
  channel.members.add(user);
  const by = inviter ? ` by <@${inviter}>` : "";
  const text = inviter
    ? `<@${user}> was added to #${channel.name}${by}`
    : `<@${user}> has joined the channel`;
  const more = inviter ? { more: { inviter } } : {};
  return addMessage(workspace, channel, { user, text, subtype: "channel_join", ...more });
}

/** Takes somebody out of a channel. Gives back Slack's line about it; nothing for who isn't in it. */
export function leave(workspace: Workspace, channel: Channel, { user }: Who): Message | undefined {
  if (!channel.members.delete(user)) return undefined;
  const text = `<@${user}> has left the channel`;
  return addMessage(workspace, channel, { user, text, subtype: "channel_leave" });
}
