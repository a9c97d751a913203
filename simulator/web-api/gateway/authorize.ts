import type { Installation } from "../../workspace/installation.ts";
import type { Workspace, World } from "../../workspace/workspace.ts";
import { type DoorError, type Refused, refuse } from "../answer.ts";
import type { Method } from "../method.ts";

type Asked = { token: string | undefined; method: Pick<Method, "scopes"> };

/** The installation that a token belongs to, or why it may not call a method. */
export function authorize(world: World, { token, method }: Asked): Installation | Refused<DoorError> {
  if (!token) return refuse("not_authed");
  const bot = world.installations.get(token);
  if (!bot) return refuse(isAppToken(world, token) ? "not_allowed_token_type" : "invalid_auth");
  if (bot.state !== "installed") return refuse(bot.state);
  if (method.scopes.length === 0 || method.scopes.some((scope) => bot.scopes.has(scope))) return bot;
  return lackingScope(bot, method.scopes);
}

const isAppToken = ({ apps }: World, token: string) =>
  [...apps.values()].some(({ appTokens }) => appTokens.has(token));

/** The refusal that names what is needed and what there is, as Slack writes it. */
export const lackingScope = ({ scopes }: Pick<Installation, "scopes">, needed: readonly string[]) => ({
  ok: false as const,
  error: "missing_scope" as const,
  needed: needed.join(","),
  provided: [...scopes].join(","),
});

/** What a call names that lies in one workspace only. */
type About = Partial<
  Record<"team_id" | "channel" | "trigger_id" | "interactivity_pointer" | "view_id" | "external_id", unknown>
>;

type Answer = { ok: true; workspace: Workspace } | Refused;

/**
 * The workspace that a call is about. A token of one workspace works there, whatever `team_id` says. One of an
 * organisation names it where Slack insists; elsewhere it is where the channel, trigger or view is, and only then
 * what `team_id` says, or the first one that the app was let into. What is about the token alone, as `auth.test`,
 * may be asked by one that was let in nowhere yet.
 */
export function workspaceOf(
  world: World,
  { place }: Installation,
  { about, method }: { about: About; method: Method | undefined },
): Answer {
  if (place.kind === "workspace") return placed(world.workspaces.get(place.teamId));
  const open = [...place.teams].flatMap((id) => world.workspaces.get(id) ?? []);
  const named = open.find(({ team }) => team.id === about.team_id);
  if (method?.lacksTeam) {
    if (!about.team_id) return refuse(method.lacksTeam);
    return named ? placed(named) : refuse(method.unknownTeam ?? "team_access_not_granted");
  }
  const holder = open.find((workspace) => holds(workspace, about));
  if (!holder && isElsewhere(world, about)) return refuse("team_access_not_granted");
  const [any = ""] = world.organisations.get(place.enterpriseId)?.teams ?? [];
  const isOfToken = method?.name.startsWith("auth.");
  return placed(holder ?? named ?? open[0] ?? (isOfToken ? world.workspaces.get(any) : undefined));
}

const placed = (workspace: Workspace | undefined): Answer =>
  workspace ? { ok: true, workspace } : refuse("team_access_not_granted");

function holds({ channels, triggers, views }: Workspace, about: About): boolean {
  const { channel, view_id, external_id } = about;
  const trigger = about.trigger_id ?? about.interactivity_pointer;
  if (typeof channel === "string" && channels.has(channel)) return true;
  if (typeof trigger === "string" && triggers.has(trigger)) return true;
  if (!view_id && !external_id) return false;
  return [...views.values()]
    .flat()
    .some(({ id, modal }) => id === view_id || (external_id && modal.external_id === external_id));
}

const isElsewhere = ({ workspaces }: World, { channel }: About) =>
  typeof channel === "string" && [...workspaces.values()].some(({ channels }) => channels.has(channel));
