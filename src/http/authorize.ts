import type { App, Deps } from "../api/deps.ts";
import { problem } from "../api/problem.ts";
import type { Access } from "../api/requires.ts";
import { type Principal, unauthenticated } from "../people/principal.ts";
import { authenticate } from "./authenticate.ts";

/** Authenticates each request and checks the access of its route. Throws at start for an API route without access. */
export function authorize(app: App, deps: Deps): void {
  app.decorateRequest("principal");
  app.addHook("onRoute", ({ url, config }) => {
    if (url.startsWith("/api/v1/") && !config?.access) throw new Error(`${url} has no access`);
  });
  app.addHook("onRequest", async (request) => {
    const access = request.routeOptions.config?.access ?? "anyone";
    if (access === "anyone") request.principal = unauthenticated(request.ip);
    else await authenticate(request, deps);
    checkAccess(request.principal, access);
  });
}

/** Throws a 401 if the caller is not authenticated, and a 403 that names a missing permission. */
export function checkAccess({ actor, permissions }: Principal, access: Access): void {
  if (access === "anyone") return;
  if (!actor.id) throw problem(401, "Sign in, or send an API token as `Authorization: Bearer …`.");
  if (access === "signed in" || permissions.has(access)) return;
  throw problem(403, `This needs the permission ${access}, which ${actor.name} doesn't have.`);
}
