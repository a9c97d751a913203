import type { Channel } from "../channel.ts";
import type { Installation } from "../installation.ts";
import type { Workspace } from "../workspace.ts";

/** The direct messages between a person and an app's bot; opened on first use. */
export function directMessage(
  workspace: Workspace,
  { botUserId }: Installation,
  userId: string,
): { channel: Channel; existed: boolean } {
  // Found by both ids, so that looking for one costs the same with many channels.
  const both = `${botUserId}/${userId}`;
  const open = workspace.channels.get(workspace.directs.get(both) ?? "");
  if (open) return { channel: open, existed: true };
  const channel: Channel = {
    id: workspace.makeId("D"),
    name: "directmessage",
    kind: "im",
    created: Math.floor(workspace.now() / 1000),
    creator: botUserId,
    topic: "",
    isArchived: false,
    isExtShared: false,
    members: new Set([userId, botUserId]),
    messages: new Map(),
    latestTs: undefined,
  };
  workspace.channels.set(channel.id, channel);
  workspace.directs.set(both, channel.id);
  return { channel, existed: false };
}
