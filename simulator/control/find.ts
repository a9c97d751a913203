import type { App } from "../workspace/app.ts";
import type { Channel } from "../workspace/channel.ts";
import { directMessage } from "../workspace/conversations.ts";
import type { Installation } from "../workspace/installation.ts";
import type { Message } from "../workspace/message.ts";
import type { User } from "../workspace/user.ts";
import type { View } from "../workspace/view.ts";
import type { Workspace, World } from "../workspace/workspace.ts";
import { installationsIn } from "../workspace/world.ts";

/** Thrown for an unknown name or ID; answered with HTTP 404. */
export class NotFound extends Error {}

/** Thrown if the person may not do this; answered with HTTP 403. */
export class NotAllowed extends Error {}

/** Finds a person by short name, real name or ID. */
export function findPerson({ users }: Workspace, who: string): User {
  const wanted = who.toLowerCase();
  const found =
    users.get(who) ??
    [...users.values()].find((u) => u.name === wanted || u.realName.toLowerCase() === wanted);
  if (!found) throw new NotFound(`There is no person ${who}`);
  return found;
}

/** Finds a workspace by ID or name; by default the first one. */
export function findWorkspace({ workspaces }: World, which: string | undefined): Workspace {
  const all = [...workspaces.values()];
  const found = which ? all.find(({ team }) => team.id === which || team.name === which) : all[0];
  if (!found) throw new NotFound(`There is no workspace ${which}`);
  return found;
}

/** Finds the newest app with this ID or name, installed or not; by default the newest of all. */
export function findApp({ apps }: World, which?: string): App {
  const found = [...apps.values()].findLast(({ id, name }) => !which || id === which || name === which);
  if (!found) throw new NotFound(which ? `There is no app ${which}` : "There are no apps");
  return found;
}

/** Finds the app with this ID, name or bot name in a workspace; by default the one that was installed first. */
export function findInstallation(workspace: Workspace, which?: string): Installation {
  const installed = installationsIn(workspace);
  const found = which
    ? (installed.find(({ app }) => app.id === which || app.name === which) ??
      installed.find(({ app }) => app.settings.botName === which))
    : installed[0];
  if (!found)
    throw new NotFound(`${which ?? "No app"} is ${which ? "not " : ""}installed in ${workspace.team.name}`);
  return found;
}

/** Finds a channel by `#name` or ID, or by `@name` a person's direct message with the app. */
export function findChannel(workspace: Workspace, nameOrId: string): Channel {
  if (nameOrId.startsWith("@"))
    return directMessage(
      workspace,
      findInstallation(workspace).botUserId,
      findPerson(workspace, nameOrId.slice(1)).id,
    ).channel;
  const name = nameOrId.replace(/^#/, "");
  const found =
    workspace.channels.get(nameOrId) ?? [...workspace.channels.values()].find((c) => c.name === name);
  if (!found) throw new NotFound(`There is no channel ${nameOrId}`);
  return found;
}

/** Finds a message in a channel by its `ts`. */
export function findMessage(channel: Channel, ts: string): Message {
  const found = channel.messages.get(ts);
  if (!found) throw new NotFound(`#${channel.name} has no message ${ts}`);
  return found;
}

/** Finds an open dialog of a person by its ID. */
export function findDialog(workspace: Workspace, user: User, id: string): View {
  const found = workspace.views.get(user.id)?.find((open) => open.id === id);
  if (!found) throw new NotFound(`${user.realName} has no open dialog ${id}`);
  return found;
}
