import type { App, InstallTarget } from "./app.ts";
import type { Installation } from "./installation.ts";
import { makeUser } from "./user.ts";
import type { Workspace, World } from "./workspace.ts";

const isSameTarget = (a: InstallTarget, b: InstallTarget) =>
  a.kind === "workspace"
    ? b.kind === "workspace" && a.teamId === b.teamId
    : b.kind === "organisation" && a.enterpriseId === b.enterpriseId;

/** Adds the bot of an installation to the users of a workspace. */
export function addBot(workspace: Workspace, { app, botUserId }: Installation): void {
  const { botName } = app.settings;
  const bot = { name: botName.toLowerCase(), realName: botName, isBot: true, teamId: workspace.team.id };
  workspace.users.set(botUserId, makeUser({ id: botUserId, ...bot }));
}

const teamsOf = ({ target }: Installation) => (target.kind === "workspace" ? [target.teamId] : target.teams);

/** Removes the bot from a workspace and its channels. Its messages and direct messages stay. */
export function removeBot({ users, channels }: Workspace, { botUserId }: Installation): void {
  for (const { kind, members } of channels.values()) if (kind !== "im") members.delete(botUserId);
  const bot = users.get(botUserId);
  if (bot) bot.deleted = true;
}

type InstallParams = { target: InstallTarget; scopes: Iterable<string> } & Partial<
  Pick<Installation, "botId" | "botUserId" | "botToken">
>;

/**
 * Installs an app, or reinstalls it with new scopes: the bot stays the same, and so does the token unless it was
 * revoked. In an organisation, a reinstalled bot stays in its workspaces; a new one is added to those of the target.
 */
export function install(world: World, app: App, { target, scopes, ...ids }: InstallParams): Installation {
  const before = [...world.installations.values()].find(
    (other) => other.app === app && isSameTarget(other.target, target),
  );
  const keepsToken = before?.state === "installed";
  const installation: Installation = {
    botId: before?.botId ?? world.makeId("B"),
    botUserId: before?.botUserId ?? world.makeId("U"),
    botToken: keepsToken ? before.botToken : `xoxb-simulated-${world.makeId("").toLowerCase()}`,
    ...ids,
    app,
    target: before?.target ?? target,
    scopes: new Set(scopes),
    asked: new Set(app.settings.scopes),
    state: "installed",
    isRestricted: false,
  };
  if (before) world.installations.delete(before.botToken);
  world.installations.set(installation.botToken, installation);
  const teams = teamsOf(installation);
  for (const teamId of teams) {
    const workspace = world.workspaces.get(teamId);
    if (workspace) addBot(workspace, installation);
  }
  return installation;
}
