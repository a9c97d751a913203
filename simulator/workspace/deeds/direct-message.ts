import type { Channel } from "../channel.ts";
import type { Workspace } from "../workspace.ts";

/** The direct messages between a person and the app's bot; opened on first use. */
export function directMessage(workspace: Workspace, userId: string): { channel: Channel; existed: boolean } {
  // A direct message is found by its own id, so that looking for one costs the same with many channels.
  const id = `D${userId.slice(1)}`;
  const open = workspace.channels.get(id);
  if (open) return { channel: open, existed: true };
  const channel: Channel = {
    id,
    name: "directmessage",
    kind: "im",
    created: Math.floor(workspace.now() / 1000),
    creator: workspace.app.botUserId,
    topic: "",
    isArchived: false,
    members: new Set([userId, workspace.app.botUserId]),
    messages: new Map(),
    latestTs: undefined,
  };
  workspace.channels.set(id, channel);
  return { channel, existed: false };
}
