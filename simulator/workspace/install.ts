import type { App, Place } from "./app.ts";
import type { Installation } from "./installation.ts";
import { makeUser } from "./user.ts";
import type { Workspace, World } from "./workspace.ts";

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

const teamsOf = ({ place }: Installation) => (place.kind === "workspace" ? [place.teamId] : place.teams);

/** Puts the bot out of a workspace, and out of its channels. What it wrote stays, and so do its direct messages. */
export function dismissBot({ users, channels }: Workspace, { botUserId }: Installation): void {
  for (const { kind, members } of channels.values()) if (kind !== "im") members.delete(botUserId);
  const bot = users.get(botUserId);
  if (bot) bot.deleted = true;
}

type Given = { place: Place; scopes: Iterable<string> } & Partial<
  Pick<Installation, "botId" | "botUserId" | "botToken">
>;

/**
 * Installs an app, or installs it again: with what it is granted now, the same bot, and the same token unless
 * that was revoked. In an organisation the bot comes into the workspaces that `place` names, or stays in those it
 * was let into.
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
    place: before?.place ?? place,
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
    if (workspace) admitBot(workspace, installation);
  }
  return installation;
}
