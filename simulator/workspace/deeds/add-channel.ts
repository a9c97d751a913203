import { type Channel, makeChannel } from "../channel.ts";
import type { Workspace } from "../workspace.ts";
import { installationsIn } from "../world.ts";

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
