import type { Actor, Via } from "../alert/actor.ts";
import { type Permission, permissions } from "../alert/permission.ts";

/** Who acts, what they may do now, and from where: the answer to every "may they?". */
export interface Principal {
  actor: Actor;
  /** The person at the Console; null for API tokens, for nobody, and for the command line. */
  userId: string | null;
  permissions: ReadonlySet<Permission>;
  via: Via;
  ip: string | null;
}

/** A caller who has shown nothing yet. */
export function nobody(ip: string): Principal {
  const actor: Actor = { type: "system", id: null, name: "Nobody signed in" };
  return { actor, userId: null, permissions: new Set(), via: "api", ip };
}

/** Whoever has the server's own shell can reach the database anyway, so it may do everything. */
export const commandLine: Principal = {
  actor: { type: "system", id: null, name: "Command line" },
  userId: null,
  permissions: new Set(permissions),
  via: "system",
  ip: null,
};
