import type { Permission } from "../alert/permission.ts";
import type { Principal } from "../people/principal.ts";

/** Who may use a route: principals with all these permissions, any authenticated principal, or anyone. */
export type Access = Permission | readonly Permission[] | "signed in" | "anyone";

/**
 * Whether a change needs a session that was confirmed in the last five minutes
 * (docs/behaviour.md#confirming-a-session); a function says so by the body.
 */
export type Fresh = boolean | ((body: unknown) => boolean);

declare module "fastify" {
  interface FastifyRequest {
    /** Who sent the request. Always nobody on routes for "anyone", even with credentials. */
    principal: Principal;
  }
  interface FastifyContextConfig {
    access?: Access;
    fresh?: Fresh;
  }
}

/** Enough for an email and a password. */
const unprovenBytes = 16 * 1024;

/**
 * The route options for its access: `app.get(url, { ...requires("View Users"), schema }, …)`. What anyone may send is
 * small.
 */
export function requires(
  access: Access,
  { fresh = false }: { fresh?: Fresh } = {},
): { config: { access: Access; fresh: Fresh }; bodyLimit?: number } {
  return { config: { access, fresh }, ...(access === "anyone" && { bodyLimit: unprovenBytes }) };
}
