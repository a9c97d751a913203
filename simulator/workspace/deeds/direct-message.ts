import type { Channel } from "../channel.ts";
import type { Workspace } from "../workspace.ts";

/** The direct messages between two people, or between an app's bot and a person; opened on first use. */
export function directMessage(
  workspace: Workspace,
  opener: string,
  other: string,
): { channel: Channel; existed: boolean } {
  // Found by both ids, so that looking for one costs the same with many channels.
  const both = [opener, other].sort().join("/");
  const open = workspace.channels.get(workspace.directs.get(both) ?? "");
  if (open) return { channel: open, existed: true };
  const channel: Channel = {
    id: workspace.makeId("D"),
    name: "directmessage",
    kind: "im",
    created: Math.floor(workspace.now() / 1000),
    creator: opener,
    topic: "",
    isArchived: false,
    isExtShared: false,
    members: new Set([opener, other]),
    messages: new Map(),
    latestTs: undefined,
  };
  workspace.channels.set(channel.id, channel);
  workspace.directs.set(both, channel.id);
  return { channel, existed: false };
}
