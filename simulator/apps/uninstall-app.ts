import { announceTo } from "../callbacks/announce.ts";
import type { Simulator, WorkspaceContext } from "../simulator.ts";
import type { App, InstallTarget } from "../workspace/app.ts";
import { removeBot } from "../workspace/install.ts";
import type { Installation } from "../workspace/installation.ts";

/** All installations of an app, including those that have ended. */
export const installationsOf = ({ world }: Simulator, app: App): Installation[] =>
  [...world.installations.values()].filter((one) => one.app === app);

/** Revokes the bot token and sends `tokens_revoked` to the app. */
export function revokeToken(simulator: Simulator, bot: Installation): void {
  const event = { type: "tokens_revoked", tokens: { oauth: [], bot: [bot.botUserId] } };
  announceTo(contextOf(simulator, bot.target), bot, event);
  bot.state = "token_revoked";
  simulator.changeFeed.bump();
}

function end(simulator: Simulator, bot: Installation): void {
  const { target } = bot;
  const teams = target.kind === "workspace" ? [target.teamId] : target.teams;
  for (const id of teams) {
    const workspace = simulator.world.workspaces.get(id);
    if (workspace) removeBot(workspace, bot);
  }
  if (target.kind === "organisation") target.teams = new Set();
  bot.state = "account_inactive";
  simulator.changeFeed.bump();
}

/** Uninstalls an app and sends `app_uninstalled` to it. */
export function uninstall(simulator: Simulator, bot: Installation): void {
  announceTo(contextOf(simulator, bot.target), bot, { type: "app_uninstalled" });
  if (bot.state === "installed") revokeToken(simulator, bot);
  end(simulator, bot);
}

/** Deletes an app and ends all its installations. No event is sent: Slack has none for this. */
export function deleteApp(simulator: Simulator, app: App): void {
  for (const bot of installationsOf(simulator, app)) end(simulator, bot);
  simulator.world.apps.delete(app.id);
}

/** The workspace to send an installation's events from: its own, or any one of its organisation. */
function contextOf(simulator: Simulator, target: InstallTarget): WorkspaceContext {
  const { workspaces, organisations } = simulator.world;
  const [teamId = ""] =
    target.kind === "workspace"
      ? [target.teamId]
      : [...target.teams, ...(organisations.get(target.enterpriseId)?.teams ?? [])];
  const workspace = workspaces.get(teamId);
  if (!workspace) throw new Error(`An app is installed in ${teamId}, but there is no such workspace`);
  return { ...simulator, workspace };
}
