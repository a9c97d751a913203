import type { App } from "../../workspace/app.ts";
import type { Workspace, World } from "../../workspace/workspace.ts";

type TargetChoice = { id: string; name: string };

/** What an app asks for and where people are redirected afterwards, or why Slack refuses the link. */
export type Authorization =
  | { ok: true; app: App; scopes: string[]; redirectUri: string; targets: TargetChoice[] }
  | { ok: false; reason: string };

const refuse = (reason: string): Authorization => ({ ok: false, reason });

const isOwnOrganisation = (app: App, { team, enterprise }: Workspace) =>
  team.id === app.teamId || enterprise?.teams.has(app.teamId) === true;

/** A person's workspaces that may install the app, and their organisations if it opted in; the requested one first. */
function targetsFor(
  { workspaces }: World,
  app: App,
  { userId, team }: { userId: string; team: string | null },
) {
  const own = [...workspaces.values()].filter(
    (one) => one.users.has(userId) && (app.isDistributed || isOwnOrganisation(app, one)),
  );
  const organisations = app.settings.orgDeploy ? own.flatMap(({ enterprise }) => enterprise ?? []) : [];
  const all = new Map(
    [...own.map((one) => one.team), ...organisations].map(({ id, name }) => [id, { id, name }]),
  );
  return [...all.values()].sort((a, b) => Number(b.id === team) - Number(a.id === team));
}

/** Checks the link by which an app sends people to Slack's authorize page. */
export function decideAuthorize(world: World, query: URLSearchParams, userId: string): Authorization {
  const app = [...world.apps.values()].find(({ clientId }) => clientId === query.get("client_id"));
  if (!app) return refuse("Invalid client_id parameter");
  const { redirectUrls, scopes: known } = app.settings;
  const redirectUri = query.get("redirect_uri") ?? redirectUrls[0];
  if (!redirectUri || !isConfigured(redirectUrls, redirectUri))
    return refuse(`redirect_uri did not match any configured URIs. Passed URI: ${redirectUri ?? "none"}`);
  const scopes = (query.get("scope") ?? "").split(/[,\s]+/).filter((scope) => scope !== "");
  if (scopes.length === 0) return refuse("no_scopes: Missing scope in the request");
  const unknown = scopes.filter((scope) => !known.includes(scope));
  if (unknown.length > 0)
    return refuse(`invalid_scope: Invalid permissions requested: ${unknown.join(", ")}`);
  const targets = targetsFor(world, app, { userId, team: query.get("team") });
  if (targets.length === 0)
    return refuse("invalid_team_for_non_distributed_app: Public distribution of this app is not active");
  return { ok: true, app, scopes, redirectUri, targets };
}

/** Whether a redirect URL is allowed: it must be a configured URL or below one. */
function isConfigured(configured: readonly string[], given: string): boolean {
  const to = URL.parse(given);
  return configured.some((one) => {
    const known = URL.parse(one);
    if (!to || !known || known.origin !== to.origin || known.protocol !== to.protocol) return false;
    const base = known.pathname.replace(/\/$/, "");
    return to.pathname === known.pathname || to.pathname === base || to.pathname.startsWith(`${base}/`);
  });
}

/** Adds query parameters to a URL; those with the value `undefined` are left out. */
export function withQuery(base: string, params: Record<string, string | undefined>): string {
  const url = new URL(base);
  for (const [name, value] of Object.entries(params))
    if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}
