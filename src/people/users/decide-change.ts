import type { Permission } from "../../alert/permission.ts";
import type { Refusal } from "../../alert/refusal.ts";
import type { Principal } from "../principal.ts";

/** A user's rights before or after a change; none when disabled or not there yet. */
interface Standing {
  enabled: boolean;
  permissions: readonly Permission[];
}

/**
 * Whether `by` may make a user out of what they were. Refused when the user may do, before or after, what `by`
 * may not: who may set another's e-mail or password link can act as them. Refused too when nobody else who is
 * enabled could manage users then.
 */
export function decideChange(
  by: Pick<Principal, "permissions">,
  { before, after }: { before: Standing | null; after: Standing },
  otherManagers: number,
): Refusal | null {
  const held = [...(before?.permissions ?? []), ...after.permissions];
  const lacking = [...new Set(held)].filter((permission) => !by.permissions.has(permission));
  if (lacking.length > 0) return lacks(lacking, before ? undefined : "role");
  if (before && isManager(before) && !isManager(after) && otherManagers === 0) return lastManager;
  return null;
}

/** The refusal to grant, or to touch, what the asker doesn't hold. */
export function lacks(lacking: readonly Permission[], field: string | undefined): Refusal {
  const why = `You can't give or change permissions that you lack: ${lacking.join(", ")}.`;
  return { refused: "forbidden", why, ...(field && { field }) };
}

const lastManager: Refusal = {
  refused: "conflict",
  why: "This is the last enabled user with Manage Users. Give somebody else that permission first.",
};

function isManager({ enabled, permissions }: Standing): boolean {
  return enabled && permissions.includes("Manage Users");
}
