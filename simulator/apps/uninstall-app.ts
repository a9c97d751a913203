import { announceTo } from "../callbacks/announce.ts";
import type { Scene, Simulator } from "../simulator.ts";
import type { App, Place } from "../workspace/app.ts";
import { dismissBot } from "../workspace/install.ts";
import type { Installation } from "../workspace/installation.ts";

/** The installations of an app, those that were ended too. */
export const installationsOf = ({ world }: Simulator, app: App): Installation[] =>
  [...world.installations.values()].filter((one) => one.app === app);

/** Makes the bot's token worthless, and tells the app so. */
export function revokeToken(simulator: Simulator, bot: Installation): void {
  const event = { type: "tokens_revoked", tokens: { oauth: [], bot: [bot.botUserId] } };
  announceTo(sceneOf(simulator, bot.place), bot, event);
  bot.state = "token_revoked";
  simulator.changes.bump();
}

function end(simulator: Simulator, bot: Installation): void {
  const { place } = bot;
  const teams = place.kind === "workspace" ? [place.teamId] : place.teams;
  for (const id of teams) {
    const workspace = simulator.world.workspaces.get(id);
    if (workspace) dismissBot(workspace, bot);
  }
  if (place.kind === "organisation") place.teams = new Set();
  bot.state = "account_inactive";
  simulator.changes.bump();
}

/** Takes an app out of where it is installed, and tells it so. */
export function uninstall(simulator: Simulator, bot: Installation): void {
  announceTo(sceneOf(simulator, bot.place), bot, { type: "app_uninstalled" });
  if (bot.state === "installed") revokeToken(simulator, bot);
  end(simulator, bot);
}

/** Deletes an app, wherever it is installed. Nobody is told: Slack has no event for that. */
export function deleteApp(simulator: Simulator, app: App): void {
  for (const bot of installationsOf(simulator, app)) end(simulator, bot);
  simulator.world.apps.delete(app.id);
}

/** The workspace in which something about an installation happens: its own, or one that its organisation has. */
function sceneOf(simulator: Simulator, place: Place): Scene {
  const { workspaces, organisations } = simulator.world;
  const [teamId = ""] =
    place.kind === "workspace"
      ? [place.teamId]
      : [...place.teams, ...(organisations.get(place.enterpriseId)?.teams ?? [])];
  const workspace = workspaces.get(teamId);
  if (!workspace) throw new Error(`An app is installed in ${teamId}, which is no workspace`);
  return { ...simulator, workspace };
}
