import type { App } from "../workspace/app.ts";
import type { Channel } from "../workspace/channel.ts";
import { directMessage } from "../workspace/conversations.ts";
import type { Installation } from "../workspace/installation.ts";
import type { Message } from "../workspace/message.ts";
import type { User } from "../workspace/user.ts";
import type { View } from "../workspace/view.ts";
import type { Workspace, World } from "../workspace/workspace.ts";
import { installationsIn } from "../workspace/world.ts";

/** What the asker can mend: a name that nobody has. The door answers it with 404. */
export class NotThere extends Error {}

/** What a person may not do. The door answers it with 403. */
export class NotAllowed extends Error {}

/** A person by short name, real name or id. */
export function person({ users }: Workspace, who: string): User {
  const wanted = who.toLowerCase();
  const found =
    users.get(who) ??
    [...users.values()].find((u) => u.name === wanted || u.realName.toLowerCase() === wanted);
  if (!found) throw new NotThere(`Nobody here is called ${who}`);
  return found;
}

/** A workspace by id or name; the first one when none is named. */
export function workspaceOf({ workspaces }: World, which: string | undefined): Workspace {
  const all = [...workspaces.values()];
  const found = which ? all.find(({ team }) => team.id === which || team.name === which) : all[0];
  if (!found) throw new NotThere(`There is no workspace ${which}`);
  return found;
}

/** An app by id or name, the newest of that name, installed or not; the newest of all when none is named. */
export function appNamed({ apps }: World, which?: string): App {
  const found = [...apps.values()].findLast(({ id, name }) => !which || id === which || name === which);
  if (!found) throw new NotThere(which ? `Nobody made an app ${which}` : "Nobody made an app");
  return found;
}

/** The app that was installed here first, or the one of this name. */
export function appIn(workspace: Workspace, name?: string): Installation {
  const found = installationsIn(workspace).find(({ app }) => !name || app.name === name);
  if (!found)
    throw new NotThere(`${name ?? "No app"} is ${name ? "not " : ""}installed in ${workspace.team.name}`);
  return found;
}

/** A channel by `#name` or id, or somebody's direct messages with the app by `@name`. */
export function channel(workspace: Workspace, where: string): Channel {
  if (where.startsWith("@"))
    return directMessage(workspace, appIn(workspace).botUserId, person(workspace, where.slice(1)).id).channel;
  const name = where.replace(/^#/, "");
  const found =
    workspace.channels.get(where) ?? [...workspace.channels.values()].find((c) => c.name === name);
  if (!found) throw new NotThere(`There is no channel ${where}`);
  return found;
}

/** A message in a channel, by its time. */
export function message(where: Channel, ts: string): Message {
  const found = where.messages.get(ts);
  if (!found) throw new NotThere(`#${where.name} has no message ${ts}`);
  return found;
}

/** A dialog that a person has open, by its id. */
export function view(workspace: Workspace, user: User, id: string): View {
  const found = workspace.views.get(user.id)?.find((open) => open.id === id);
  if (!found) throw new NotThere(`${user.realName} has no dialog ${id} open`);
  return found;
}
