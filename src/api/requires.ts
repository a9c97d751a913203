import type { Permission } from "../alert/permission.ts";
import type { Principal } from "../people/principal.ts";

/** Who may use a route: principals with a permission, any authenticated principal, or anyone. */
export type Access = Permission | "signed in" | "anyone";

declare module "fastify" {
  interface FastifyRequest {
    /** Who sent the request. Always nobody on routes for "anyone", even with credentials. */
    principal: Principal;
  }
  interface FastifyContextConfig {
    access?: Access;
  }
}

/** Enough for an email and a password. */
const unprovenBytes = 16 * 1024;

/**
 * The route options for its access: `app.get(url, { ...requires("View Users"), schema }, …)`. What anyone may send is
 * small.
 */
export function requires(access: Access): { config: { access: Access }; bodyLimit?: number } {
  return { config: { access }, ...(access === "anyone" && { bodyLimit: unprovenBytes }) };
}
