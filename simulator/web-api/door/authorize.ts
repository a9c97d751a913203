import type { Installation } from "../../workspace/installation.ts";
import type { Workspace, World } from "../../workspace/workspace.ts";
import type { DoorError, Refused } from "../answer.ts";
import type { Method } from "../method.ts";

type Asked = { token: string | undefined; method: Method };

/** The installation that a token belongs to, or why it may not call a method. */
export function authorize(world: World, { token, method }: Asked): Installation | Refused<DoorError> {
  if (!token) return { ok: false, error: "not_authed" };
  const bot = world.installations.get(token);
  if (!bot) return { ok: false, error: "invalid_auth" };
  if (bot.state !== "installed") return { ok: false, error: bot.state };
  if (method.scopes.length === 0 || method.scopes.some((scope) => bot.scopes.has(scope))) return bot;
  return lackingScope(bot, method.scopes);
}

/** The refusal that names what is needed and what there is, as Slack writes it. */
export const lackingScope = ({ scopes }: Pick<Installation, "scopes">, needed: readonly string[]) => ({
  ok: false as const,
  error: "missing_scope" as const,
  needed: needed.join(","),
  provided: [...scopes].join(","),
});

type About = {
  teamId: string | undefined;
  channel: string | undefined;
  /** Whether it is about the token alone, as `auth.test`: one that was let in nowhere yet may ask that too. */
  isOfToken: boolean;
};

/**
 * The workspace that a call is about, and whether the call says so by itself. A token of one workspace works
 * there, whatever `team_id` says. One of an organisation names it, or a channel that is in one of its own;
 * else the first it was let into stands for it. Nothing where it was not let in.
 */
export function workspaceOf(
  world: World,
  { place }: Installation,
  { teamId, channel, isOfToken }: About,
): { workspace: Workspace; namesTeam: boolean } | undefined {
  if (place.kind === "workspace") {
    const own = world.workspaces.get(place.teamId);
    return own && { workspace: own, namesTeam: true };
  }
  const open = [...place.teams].flatMap((id) => world.workspaces.get(id) ?? []);
  if (teamId) {
    const named = open.find(({ team }) => team.id === teamId);
    return named && { workspace: named, namesTeam: true };
  }
  const holder = channel ? open.find(({ channels }) => channels.has(channel)) : undefined;
  const [any = ""] = world.organisations.get(place.enterpriseId)?.teams ?? [];
  const workspace = holder ?? open[0] ?? (isOfToken ? world.workspaces.get(any) : undefined);
  return workspace && { workspace, namesTeam: false };
}
