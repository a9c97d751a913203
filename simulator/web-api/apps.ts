import { randomUUID } from "node:crypto";
import type { Simulator } from "../simulator.ts";
import type { World } from "../workspace/workspace.ts";
import { type Answer, type CommonError, type Refused, refuse } from "./answer.ts";
import { refuseMissingScope } from "./gateway/authorize.ts";

/** The only method that takes an app-level token, with its error codes. */
export const openConnectionMethod = {
  name: "apps.connections.open",
  errors: ["insecure_request", "invalid_auth", "missing_scope", "not_allowed_token_type", "not_authed"],
} as const;

const scope = "connections:write";

/** Answers `apps.connections.open` with a WebSocket URL that is valid for one connection. */
export function openConnection(
  { world, sockets, origin }: Simulator,
  { token, isPost }: { token: string | undefined; isPost: boolean },
): Answer<(typeof openConnectionMethod.errors)[number]> {
  if (!isPost) return { ok: false, error: "insecure_request" };
  if (!token) return { ok: false, error: "not_authed" };
  if (world.installations.has(token)) return { ok: false, error: "not_allowed_token_type" };
  const app = [...world.apps.values()].find(({ appTokens }) => appTokens.has(token));
  if (!app) return { ok: false, error: "invalid_auth" };
  const scopes = new Set(app.appTokens.get(token)?.scopes);
  if (!scopes.has(scope)) return refuseMissingScope({ scopes }, [scope]);
  const ticket = randomUUID();
  sockets.tickets.set(ticket, app.id);
  const host = origin.replace(/^http/, "ws");
  return { ok: true, url: `${host}/link/?ticket=${ticket}&app_id=${app.id}` };
}

/** Methods that need an app configuration token, which the simulator never issues. */
const names = ["apps.manifest.create", "apps.manifest.update", "apps.manifest.validate"];

/** Whether a method needs an app configuration token. */
export const needsConfigurationToken = (name: string): boolean => names.includes(name);

/** The refusal of such a method, depending on whether the token is missing, an app's, or unknown. */
export function refuseConfiguration(world: World, token: string | undefined): Refused<CommonError> {
  if (!token) return refuse("not_authed");
  const isOfApp =
    world.installations.has(token) || [...world.apps.values()].some(({ appTokens }) => appTokens.has(token));
  return refuse(isOfApp ? "not_allowed_token_type" : "invalid_auth");
}
