import { type Channel, makeChannel } from "./channel.ts";
import type { Workspace } from "./workspace.ts";
import { installationsIn } from "./world.ts";

type Direct = { channel: Channel; existed: boolean };

/** The direct messages between two people, or between an app's bot and a person; opened on first use. */
export const directMessage = (workspace: Workspace, opener: string, other: string): Direct =>
  direct(workspace, { kind: "im", prefix: "D", name: "directmessage", opener, others: [other] });

/** The conversation of an app's bot with several people; opened on first use. */
export function groupMessage(workspace: Workspace, opener: string, others: readonly string[]): Direct {
  const names = [...others, opener].map((id) => workspace.users.get(id)?.name ?? id);
  return direct(workspace, { kind: "mpim", prefix: "C", name: `mpdm-${names.join("--")}-1`, opener, others });
}

/** Under which key `directs` keeps the conversation of these people. */
export const directKey = (people: readonly string[]): string => [...people].sort().join("/");

type Asked = {
  kind: "im" | "mpim";
  prefix: string;
  name: string;
  opener: string;
  others: readonly string[];
};

function direct(workspace: Workspace, { kind, prefix, name, opener, others }: Asked): Direct {
  // Found by all the ids, so that looking for one costs the same with many channels.
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

type Given = Pick<Channel, "name"> & Partial<Channel> & { withApp?: boolean };

/** Adds a channel with everybody in it, or with whom `members` names; `withApp` lets in the apps of the place. */
export function addChannel(workspace: Workspace, { withApp = true, ...given }: Given): Channel {
  const everybody = [...workspace.users.values()].filter((user) => !user.isBot).map((user) => user.id);
  const channel = makeChannel({
    id: workspace.makeId("C"),
    created: Math.floor(workspace.now() / 1000),
    creator: "U0GRACE001",
    members: new Set(everybody),
    ...given,
  });
  if (withApp) for (const { botUserId } of installationsIn(workspace)) channel.members.add(botUserId);
  workspace.channels.set(channel.id, channel);
  return channel;
}
