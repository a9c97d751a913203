import { announceTo } from "../callbacks/announce.ts";
import type { Simulator } from "../simulator.ts";
import type { App, InstallTarget } from "../workspace/app.ts";
import { addBot, install, removeBot } from "../workspace/install.ts";
import type { Installation } from "../workspace/installation.ts";
import type { User } from "../workspace/user.ts";
import type { World } from "../workspace/workspace.ts";

type WorkspaceAccess = { teams: ReadonlySet<string>; addsFuture: boolean };

/** Gives an org-wide installation access to exactly these workspaces, and sends it the events for what changed. */
export function setWorkspaceAccess(
  simulator: Simulator,
  bot: Installation,
  { teams, addsFuture }: WorkspaceAccess,
): void {
  const { target } = bot;
  if (target.kind !== "organisation") return;
  const { workspaces, makeTs } = simulator.world;
  target.addsFuture = addsFuture;
  const setAccess = (type: string, teamId: string) => {
    const workspace = workspaces.get(teamId);
    if (!workspace) return;
    (type === "team_access_granted" ? addBot : removeBot)(workspace, bot);
    announceTo({ ...simulator, workspace }, bot, { type, team_ids: [teamId], event_ts: makeTs() });
  };
  const granted = [...teams].filter((id) => !target.teams.has(id));
  const revoked = [...target.teams].filter((id) => !teams.has(id));
  target.teams = new Set(teams);
  for (const id of granted) setAccess("team_access_granted", id);
  for (const id of revoked) setAccess("team_access_revoked", id);
  simulator.changeFeed.bump();
}

type Approval = { target: InstallTarget; withheld?: readonly string[]; asked?: readonly string[] };

/** The scopes that an app is granted: those it asked for without the optional ones that were withheld. */
export const grantedScopes = (
  { settings }: App,
  { asked = settings.scopes, withheld = [] }: Omit<Approval, "target">,
) => asked.filter((scope) => !(settings.optionalScopes.includes(scope) && withheld.includes(scope)));

/** Installs an app after someone pressed *Allow*, with the scopes it was granted. */
export function installApp(
  simulator: Simulator,
  app: App,
  { target, ...scopeChoice }: Approval,
): Installation {
  const bot = install(simulator.world, app, { target, scopes: grantedScopes(app, scopeChoice) });
  simulator.changeFeed.bump();
  return bot;
}

/** Whether the manifest's scopes have changed since the app was installed. */
export function needsReinstall({ app, asked }: Installation): boolean {
  const now = new Set(app.settings.scopes);
  return now.size !== asked.size || [...now].some((scope) => !asked.has(scope));
}

/** Whether a person may install an app: admins may, others once their request has been approved. */
export const mayInstall = (app: App, user: User, targetId: string): boolean =>
  user.isAdmin ||
  app.requests.some(
    ({ by, targetId: requested, state }) => by === user.id && requested === targetId && state === "approved",
  );

/** The install target with this workspace or organisation ID. In an organisation, it starts without workspaces. */
export function findInstallTarget(
  { workspaces, organisations }: World,
  id: string,
): InstallTarget | undefined {
  if (workspaces.has(id)) return { kind: "workspace", teamId: id };
  if (organisations.has(id))
    return { kind: "organisation", enterpriseId: id, teams: new Set(), addsFuture: false };
  return undefined;
}
