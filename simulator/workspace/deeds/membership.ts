import type { Channel } from "../channel.ts";
import type { Workspace } from "../workspace.ts";
import { addMessage } from "./add-message.ts";

type Who = { user: string; inviter?: string };

/** Lets somebody into a channel, with Slack's line about it. */
export function join(workspace: Workspace, channel: Channel, { user, inviter }: Who): void {
  if (channel.members.has(user)) return;
  channel.members.add(user);
  const by = inviter ? ` by <@${inviter}>` : "";
  const text = inviter
    ? `<@${user}> was added to #${channel.name}${by}`
    : `<@${user}> has joined the channel`;
  addMessage(workspace, channel, { user, text, subtype: "channel_join" });
}

/** Takes somebody out of a channel, with Slack's line about it. */
export function leave(workspace: Workspace, channel: Channel, { user }: Who): void {
  if (!channel.members.delete(user)) return;
  const text = `<@${user}> has left the channel`;
  addMessage(workspace, channel, { user, text, subtype: "channel_leave" });
}
