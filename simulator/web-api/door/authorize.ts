import type { App } from "../../workspace/app.ts";
import type { DoorError, Refused } from "../answer.ts";
import type { Method } from "../method.ts";

/** Why a token may not call a method; nothing when it may. */
export function authorize(
  app: App,
  token: string | undefined,
  method: Method,
): Refused<DoorError> | undefined {
  if (!token) return { ok: false, error: "not_authed" };
  if (token !== app.botToken) return { ok: false, error: "invalid_auth" };
  if (app.state !== "installed") return { ok: false, error: app.state };
  if (method.scopes.length === 0 || method.scopes.some((scope) => app.scopes.has(scope))) return;
  return lackingScope(app, method.scopes);
}

/** The refusal that names what is needed and what there is, as Slack writes it. */
export const lackingScope = (app: App, needed: readonly string[]) => ({
  ok: false as const,
  error: "missing_scope" as const,
  needed: needed.join(","),
  provided: [...app.scopes].join(","),
});
