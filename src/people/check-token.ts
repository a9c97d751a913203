import ipaddr from "ipaddr.js";
import type { Kysely } from "kysely";
import type { Permission } from "../alert/permission.ts";
import type { Refusal } from "../alert/refusal.ts";
import type { Tables } from "../db/tables/tables.ts";
import { lacks } from "./change-user.ts";
import { hashSecret, type Principal } from "./principal.ts";

type FoundToken =
  | { kind: "good"; id: string; name: string; permissions: Permission[] }
  /** Known but not valid; `why` is shown to its holder. */
  | { kind: "refused"; id: string; name: string; why: string };

/** How often `last_used_at` is written at most, so that a busy token doesn't rewrite its row all the time. */
const touchIntervalMs = 60_000;

/** The token with this secret and its current permissions, limited to those of its maker; null if there is none. */
export async function findToken(
  db: Kysely<Tables>,
  secret: string,
  { ip, now }: { ip: string; now: Date },
): Promise<FoundToken | null> {
  const token = await readToken(db, secret);
  if (!token) return null;
  const why = whyRefused(token, { ip, now });
  if (why) return { kind: "refused", id: token.id, name: token.name, why };
  if (now.getTime() - (token.last_used_at?.getTime() ?? 0) > touchIntervalMs) {
    await db.updateTable("api_tokens").set({ last_used_at: now }).where("id", "=", token.id).execute();
  }
  return { kind: "good", id: token.id, name: token.name, permissions: heldPermissions(token) };
}

interface TokenRow {
  permissions: Permission[];
  cidrs: string[];
  expires_at: Date | null;
  revoked_at: Date | null;
  /** Null if it was created on the command line. */
  created_by: string | null;
  maker_enabled: boolean | null;
  maker_permissions: Permission[] | null;
}

function readToken(db: Kysely<Tables>, secret: string) {
  return db
    .selectFrom("api_tokens")
    .leftJoin("users", "users.id", "api_tokens.created_by")
    .leftJoin("roles", "roles.id", "users.role_id")
    .select(["api_tokens.id", "api_tokens.name", "api_tokens.permissions", "cidrs", "created_by"])
    .select(["expires_at", "revoked_at", "last_used_at"])
    .select(["users.enabled as maker_enabled", "roles.permissions as maker_permissions"])
    .where("token_hash", "=", hashSecret(secret))
    .executeTakeFirst();
}

/** Why a token isn't valid, for its holder; null if it is valid. */
export function whyRefused(
  token: Omit<TokenRow, "permissions" | "maker_permissions">,
  { ip, now }: { ip: string; now: Date },
): string | null {
  if (token.revoked_at) return "This API token was revoked.";
  if (token.expires_at && token.expires_at <= now) {
    return `This API token expired at ${token.expires_at.toISOString()}.`;
  }
  if (token.created_by && !token.maker_enabled) return "The user who created this API token is disabled.";
  if (!allowsAddress(token.cidrs, ip)) return `This API token can't be used from ${ip}.`;
  return null;
}

/** A token's permissions without those that its maker has lost. */
export function heldPermissions(
  token: Pick<TokenRow, "permissions" | "created_by" | "maker_permissions">,
): Permission[] {
  if (!token.created_by) return token.permissions;
  return token.permissions.filter((permission) => token.maker_permissions?.includes(permission));
}

/** Whether `ip` is in one of the ranges; true if there are none. An IPv4 address mapped into IPv6 counts as IPv4. */
function allowsAddress(cidrs: readonly string[], ip: string): boolean {
  if (cidrs.length === 0) return true;
  if (!ipaddr.isValid(ip)) return false;
  const address = ipaddr.process(ip);
  return cidrs.some((cidr) => {
    const [network, bits] = ipaddr.parseCIDR(cidr);
    return network.kind() === address.kind() && address.match(network, bits);
  });
}

export interface TokenRequest {
  name: string;
  permissions: Permission[];
  cidrs: string[];
  expiresAt: Date | null;
  now: Date;
}

/** Whether `by` may create this token. It must not outlive the creating token, which expires at `makerExpiresAt`. */
export function decideToken(
  by: Pick<Principal, "permissions">,
  { permissions, cidrs, expiresAt, now }: Omit<TokenRequest, "name">,
  makerExpiresAt: Date | null,
): Refusal | null {
  const lacking = permissions.filter((permission) => !by.permissions.has(permission));
  if (lacking.length > 0) return lacks(lacking, "permissions");
  const wrong = cidrs.find((cidr) => !ipaddr.isValidCIDR(cidr));
  if (wrong !== undefined) {
    return {
      refused: "invalid",
      field: "cidrs",
      why: `${wrong} is not a CIDR range, such as 10.0.0.0/8 or ::1/128.`,
    };
  }
  if (!expiresAt) return null;
  if (expiresAt <= now) return { refused: "invalid", field: "expiresAt", why: "This time is in the past." };
  if (!makerExpiresAt || expiresAt <= makerExpiresAt) return null;
  const why = `The token that you use expires earlier, at ${makerExpiresAt.toISOString()}.`;
  return { refused: "invalid", field: "expiresAt", why };
}
