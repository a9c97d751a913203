import type { App, Deps } from "../api/deps.ts";
import { problem } from "../api/problem.ts";
import type { Access } from "../api/requires.ts";
import { nobody, type Principal } from "../people/principal.ts";
import { authenticate } from "./authenticate.ts";

/** Lets a request reach its route only if whoever asks may use it; a route without a word on that is a bug. */
export function authorize(app: App, deps: Deps): void {
  app.decorateRequest("principal");
  app.addHook("onRoute", ({ url, config }) => {
    if (url.startsWith("/api/v1/") && !config?.access) throw new Error(`${url} doesn't say who may use it`);
  });
  app.addHook("onRequest", async (request) => {
    const access = request.routeOptions.config?.access ?? "anyone";
    if (access === "anyone") request.principal = nobody(request.ip);
    else await authenticate(request, deps);
    checkAccess(request.principal, access);
  });
}

/** Throws a 401 for nobody, and a 403 that names the missing permission. */
export function checkAccess({ actor, permissions }: Principal, access: Access): void {
  if (access === "anyone") return;
  if (!actor.id) throw problem(401, "Sign in, or send an API token as `Authorization: Bearer …`.");
  if (access === "signed in" || permissions.has(access)) return;
  throw problem(403, `This needs the permission ${access}, which ${actor.name} doesn't have.`);
}
