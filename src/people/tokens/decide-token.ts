import ipaddr from "ipaddr.js";
import type { Permission } from "../../alert/permission.ts";
import type { Refusal } from "../../alert/refusal.ts";
import type { Principal } from "../principal.ts";
import { lacks } from "../users/decide-change.ts";

export interface TokenWish {
  name: string;
  permissions: Permission[];
  cidrs: string[];
  expiresAt: Date | null;
  now: Date;
}

/**
 * Whether `by` may make this token. `makerExpiresAt` is when the token that asks runs out: what it makes may
 * not outlive it.
 */
export function decideToken(
  by: Pick<Principal, "permissions">,
  { permissions, cidrs, expiresAt, now }: Omit<TokenWish, "name">,
  makerExpiresAt: Date | null,
): Refusal | null {
  const lacking = permissions.filter((permission) => !by.permissions.has(permission));
  if (lacking.length > 0) return lacks(lacking, "permissions");
  const wrong = cidrs.find((cidr) => !ipaddr.isValidCIDR(cidr));
  if (wrong !== undefined) {
    return {
      refused: "invalid",
      field: "cidrs",
      why: `${wrong} is not a range such as 10.0.0.0/8 or ::1/128.`,
    };
  }
  if (!expiresAt) return null;
  if (expiresAt <= now) return { refused: "invalid", field: "expiresAt", why: "That is in the past." };
  if (!makerExpiresAt || expiresAt <= makerExpiresAt) return null;
  const why = `The token that you use runs out before, at ${makerExpiresAt.toISOString()}.`;
  return { refused: "invalid", field: "expiresAt", why };
}
