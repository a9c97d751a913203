import type { Installation } from "../../workspace/installation.ts";
import type { World } from "../../workspace/workspace.ts";
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
