import { randomUUID } from "node:crypto";
import type { Simulator } from "../simulator.ts";
import type { World } from "../workspace/workspace.ts";
import { type Answer, type DoorError, type Refused, refuse } from "./answer.ts";
import { lackingScope } from "./gateway/authorize.ts";

/** The one method that takes an app-level token, and the codes it can refuse with. */
export const openConnectionMethod = {
  name: "apps.connections.open",
  errors: ["insecure_request", "invalid_auth", "missing_scope", "not_allowed_token_type", "not_authed"],
} as const;

const scope = "connections:write";

/** Answers `apps.connections.open`: the address of a socket, good for one connection. */
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
  if (!scopes.has(scope)) return lackingScope({ scopes }, [scope]);
  const ticket = randomUUID();
  sockets.tickets.set(ticket, app.id);
  const host = origin.replace(/^http/, "ws");
  return { ok: true, url: `${host}/link/?ticket=${ticket}&app_id=${app.id}` };
}

/** Methods that take only the configuration token of an app's maker, of which there is none here. */
const names = ["apps.manifest.create", "apps.manifest.update", "apps.manifest.validate"];

/** Whether a method belongs to the makers of apps rather than to apps. */
export const needsConfigurationToken = (name: string): boolean => names.includes(name);

/** What such a method says to the tokens of an app, and to those of nobody. */
export function refuseConfiguration(world: World, token: string | undefined): Refused<DoorError> {
  if (!token) return refuse("not_authed");
  const isOfApp =
    world.installations.has(token) || [...world.apps.values()].some(({ appTokens }) => appTokens.has(token));
  return refuse(isOfApp ? "not_allowed_token_type" : "invalid_auth");
}
