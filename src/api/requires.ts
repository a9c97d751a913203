import type { Permission } from "../alert/permission.ts";
import type { Principal } from "../people/principal.ts";

/** Who may use a route: holders of a permission, whoever has signed in or shows a token, or anyone. */
export type Access = Permission | "signed in" | "anyone";

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks. On routes for anyone it is nobody, whatever the request carries. */
    principal: Principal;
  }
  interface FastifyContextConfig {
    access?: Access;
  }
}

/** The route's option that says who may use it: `app.get(url, { ...requires("View Users"), schema }, …)`. */
export function requires(access: Access): { config: { access: Access } } {
  return { config: { access } };
}
