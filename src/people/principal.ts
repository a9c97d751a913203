import { createHash, randomBytes } from "node:crypto";
import type { Actor, Via } from "../alert/alert.ts";
import { type Permission, permissions } from "../alert/permission.ts";
import type { Refusal } from "../alert/refusal.ts";

/** The caller: who acts, with which permissions and from where. */
export interface Principal {
  actor: Actor;
  /** The Console user; null for API tokens, unauthenticated callers and the command line. */
  userId: string | null;
  permissions: ReadonlySet<Permission>;
  via: Via;
  ip: string | null;
  /** When the person behind a session last proved who they are; absent for callers that are never asked. */
  confirmedAt?: Date;
}

/** A caller who is not authenticated. */
export function unauthenticated(ip: string): Principal {
  const actor: Actor = { type: "system", id: null, name: "Nobody signed in" };
  return { actor, userId: null, permissions: new Set(), via: "api", ip };
}

/** Has all permissions, since a person with a shell on the server can reach the database anyway. */
export const commandLine: Principal = {
  actor: { type: "system", id: null, name: "Command line" },
  userId: null,
  permissions: new Set(permissions),
  via: "system",
  ip: null,
};

/** 256 random bits as text for links, cookies and headers. */
export function makeSecret(prefix = ""): string {
  return prefix + randomBytes(32).toString("base64url");
}

/** The hash that is stored instead of a secret. Unsalted and fast, since nobody can guess 256 bits. */
export function hashSecret(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

/** The refusal to grant or change permissions that the caller lacks. */
export function lacks(lacking: readonly Permission[], field: string | undefined): Refusal {
  const why = `You can't grant or change permissions that you don't have: ${lacking.join(", ")}.`;
  return { refused: "forbidden", why, ...(field && { field }) };
}
