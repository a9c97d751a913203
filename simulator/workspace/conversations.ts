import { type Channel, makeChannel } from "./channel.ts";
import type { Workspace } from "./workspace.ts";
import { installationsIn } from "./world.ts";

type OpenedConversation = { channel: Channel; existed: boolean };

/** The openConversation message between two people, or an app's bot and a person; created on first use. */
export const directMessage = (workspace: Workspace, opener: string, other: string): OpenedConversation =>
  openConversation(workspace, { kind: "im", prefix: "D", name: "directmessage", opener, others: [other] });

/** The group message of an app's bot with several people; created on first use. */
export function groupMessage(
  workspace: Workspace,
  opener: string,
  others: readonly string[],
): OpenedConversation {
  const names = [...others, opener].map((id) => workspace.users.get(id)?.name ?? id);
  return openConversation(workspace, {
    kind: "mpim",
    prefix: "C",
    name: `mpdm-${names.join("--")}-1`,
    opener,
    others,
  });
}

/** The key of these people's conversation in `directs`. */
export const directKey = (people: readonly string[]): string => [...people].sort().join("/");

type NewConversation = {
  kind: "im" | "mpim";
  prefix: string;
  name: string;
  opener: string;
  others: readonly string[];
};

function openConversation(
  workspace: Workspace,
  { kind, prefix, name, opener, others }: NewConversation,
): OpenedConversation {
  // A map keyed by the members' IDs, so that the lookup does not slow down with many channels.
  const key = directKey([opener, ...others]);
  const open = workspace.channels.get(workspace.directs.get(key) ?? "");
  if (open) return { channel: open, existed: true };
  const channel = makeChannel({
    id: workspace.makeId(prefix),
    name,
    kind,
    created: Math.floor(workspace.now() / 1000),
    creator: opener,
    members: new Set([opener, ...others]),
  });
  workspace.channels.set(channel.id, channel);
  workspace.directs.set(key, channel.id);
  return { channel, existed: false };
}

type NewChannel = Pick<Channel, "name"> & Partial<Channel> & { withApp?: boolean };

/** Adds a channel with everyone in it, or only `members`; `withApp` also adds the bots of the workspace. */
export function addChannel(workspace: Workspace, { withApp = true, ...given }: NewChannel): Channel {
  const everyone = [...workspace.users.values()].filter((user) => !user.isBot).map((user) => user.id);
  const channel = makeChannel({
    id: workspace.makeId("C"),
    created: Math.floor(workspace.now() / 1000),
    creator: "U0GRACE001",
    members: new Set(everyone),
    ...given,
  });
  if (withApp) for (const { botUserId } of installationsIn(workspace)) channel.members.add(botUserId);
  workspace.channels.set(channel.id, channel);
  return channel;
}
