import type { Installation } from "../../workspace/installation.ts";
import type { Workspace, World } from "../../workspace/workspace.ts";
import { type CommonError, type Refused, refuse } from "../answer.ts";
import type { Method } from "../method.ts";

type Credentials = { token: string | undefined; method: Pick<Method, "scopes"> };

/** The installation that a token belongs to, or why it may not call the method. */
export function authorize(world: World, { token, method }: Credentials): Installation | Refused<CommonError> {
  if (!token) return refuse("not_authed");
  const bot = world.installations.get(token);
  if (!bot) return refuse(isAppToken(world, token) ? "not_allowed_token_type" : "invalid_auth");
  if (bot.state !== "installed") return refuse(bot.state);
  if (method.scopes.length === 0 || method.scopes.some((scope) => bot.scopes.has(scope))) return bot;
  return refuseMissingScope(bot, method.scopes);
}

const isAppToken = ({ apps }: World, token: string) =>
  [...apps.values()].some(({ appTokens }) => appTokens.has(token));

/** The refusal `missing_scope`, with the needed and the granted scopes. */
export const refuseMissingScope = ({ scopes }: Pick<Installation, "scopes">, needed: readonly string[]) => ({
  ok: false as const,
  error: "missing_scope" as const,
  needed: needed.join(","),
  provided: [...scopes].join(","),
});

/** The arguments of a call that identify a workspace. */
type WorkspaceArgs = Partial<
  Record<"team_id" | "channel" | "trigger_id" | "interactivity_pointer" | "view_id" | "external_id", unknown>
>;

type Answer = { ok: true; workspace: Workspace } | Refused;

/**
 * The workspace that a call is about. For an organisation's token it is, in this order: the required `team_id`, the
 * workspace of the channel, trigger or view, an optional `team_id`, the app's first workspace, or for `auth.*` any.
 */
export function workspaceOf(
  world: World,
  { target }: Installation,
  { about, method }: { about: WorkspaceArgs; method: Method | undefined },
): Answer {
  if (target.kind === "workspace") return found(world.workspaces.get(target.teamId));
  const open = [...target.teams].flatMap((id) => world.workspaces.get(id) ?? []);
  const named = open.find(({ team }) => team.id === about.team_id);
  if (method?.missingTeamError) {
    if (!about.team_id) return refuse(method.missingTeamError);
    return named ? found(named) : refuse(method.unknownTeamError ?? "team_access_not_granted");
  }
  const owner = open.find((workspace) => ownsAny(workspace, about));
  if (!owner && isElsewhere(world, about)) return refuse("team_access_not_granted");
  const [any = ""] = world.organisations.get(target.enterpriseId)?.teams ?? [];
  const isAboutToken = method?.name.startsWith("auth.");
  return found(owner ?? named ?? open[0] ?? (isAboutToken ? world.workspaces.get(any) : undefined));
}

const found = (workspace: Workspace | undefined): Answer =>
  workspace ? { ok: true, workspace } : refuse("team_access_not_granted");

function ownsAny({ channels, triggers, views }: Workspace, about: WorkspaceArgs): boolean {
  const { channel, view_id, external_id } = about;
  const trigger = about.trigger_id ?? about.interactivity_pointer;
  if (typeof channel === "string" && channels.has(channel)) return true;
  if (typeof trigger === "string" && triggers.has(trigger)) return true;
  if (!view_id && !external_id) return false;
  return [...views.values()]
    .flat()
    .some(({ id, modal }) => id === view_id || (external_id && modal.external_id === external_id));
}

const isElsewhere = ({ workspaces }: World, { channel }: WorkspaceArgs) =>
  typeof channel === "string" && [...workspaces.values()].some(({ channels }) => channels.has(channel));
