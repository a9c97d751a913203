import { createHash, randomBytes } from "node:crypto";
import type { Actor, Via } from "../alert/alert.ts";
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

/** 256 random bits as text that fits into a link, a cookie or a header. */
export function makeSecret(prefix = ""): string {
  return prefix + randomBytes(32).toString("base64url");
}

/** What is stored in a secret's place. Unsalted and fast, since nobody can guess 256 bits. */
export function hashSecret(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
