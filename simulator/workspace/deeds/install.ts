import type { App } from "../app.ts";
import type { Installation, Place } from "../installation.ts";
import { makeUser } from "../user.ts";
import type { Workspace, World } from "../workspace.ts";

const samePlace = (a: Place, b: Place) =>
  a.kind === "workspace"
    ? b.kind === "workspace" && a.teamId === b.teamId
    : b.kind === "organisation" && a.enterpriseId === b.enterpriseId;

/** Lets the bot of an installation into a workspace as one of its users. */
export function admitBot(workspace: Workspace, { app, botUserId }: Installation): void {
  const { botName } = app.settings;
  const bot = { name: botName.toLowerCase(), realName: botName, isBot: true, teamId: workspace.team.id };
  workspace.users.set(botUserId, makeUser({ id: botUserId, ...bot }));
}

type Given = { place: Place; scopes: Iterable<string> } & Partial<
  Pick<Installation, "botId" | "botUserId" | "botToken">
>;

/**
 * Installs an app, or installs it again: with what it is granted now, the same bot, and the same token unless
 * that was revoked. In an organisation the bot comes into the workspaces that `place` names.
 */
export function install(world: World, app: App, { place, scopes, ...ids }: Given): Installation {
  const before = [...world.installations.values()].find(
    (other) => other.app === app && samePlace(other.place, place),
  );
  const keepsToken = before?.state === "installed";
  const installation: Installation = {
    botId: before?.botId ?? world.makeId("B"),
    botUserId: before?.botUserId ?? world.makeId("U"),
    botToken: keepsToken ? before.botToken : `xoxb-simulated-${world.makeId("").toLowerCase()}`,
    ...ids,
    app,
    place,
    scopes: new Set(scopes),
    state: "installed",
  };
  if (before) world.installations.delete(before.botToken);
  world.installations.set(installation.botToken, installation);
  const teams = place.kind === "workspace" ? [place.teamId] : place.teams;
  for (const teamId of teams) {
    const workspace = world.workspaces.get(teamId);
    if (workspace) admitBot(workspace, installation);
  }
  return installation;
}
