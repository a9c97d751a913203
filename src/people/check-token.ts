import ipaddr from "ipaddr.js";
import { type Kysely, sql } from "kysely";
import type { Permission } from "../alert/permission.ts";
import type { Refusal } from "../alert/refusal.ts";
import type { Tables } from "../db/tables/tables.ts";
import { hashSecret, lacks, type Principal } from "./principal.ts";

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
  created_at: Date;
  expires_at: Date | null;
  /** How long any token may live, in days. */
  max_days: number | null;
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
    .select(["api_tokens.created_at", "expires_at", "revoked_at", "last_used_at"])
    .select(maxTokenDaysOf.as("max_days"))
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
  const longest = latestExpiry(token.created_at, token.max_days);
  if (longest && longest <= now) {
    return `This API token is older than the ${token.max_days} days that tokens may live. Create another one.`;
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

/** A setting: how many days tokens may live; null without a limit. */
export const maxTokenDaysOf = sql<number | null>`(
  select (value #>> '{}')::int from settings where name = 'max_token_days')`;

/** When a token ends by the setting; null without a limit. */
export function latestExpiry(createdAt: Date, maxDays: number | null): Date | null {
  return maxDays === null ? null : new Date(createdAt.getTime() + maxDays * dayMs);
}

const dayMs = 24 * 60 * 60 * 1000;

export interface TokenRequest {
  name: string;
  permissions: Permission[];
  cidrs: string[];
  expiresAt: Date | null;
  now: Date;
}

/** What the maker of a token hands down to it. */
interface MakerLimits {
  /** When the creating token expires; null for people and for tokens without expiry. */
  expiresAt: Date | null;
  /** The ranges of the creating token; empty if it is not limited. */
  cidrs: string[];
  maxDays: number | null;
}

/** Whether `by` may create this token: it may not outlive the creating token, nor work from further addresses. */
export function decideToken(
  by: Pick<Principal, "permissions">,
  { permissions, cidrs, expiresAt, now }: Omit<TokenRequest, "name">,
  maker: MakerLimits,
): Refusal | null {
  const lacking = permissions.filter((permission) => !by.permissions.has(permission));
  if (lacking.length > 0) return lacks(lacking, "permissions");
  return refuseRanges(cidrs, maker.cidrs) ?? refuseExpiry(expiresAt, maker, now);
}

function refuseRanges(cidrs: string[], makerCidrs: string[]): Refusal | null {
  const wrong = cidrs.find((cidr) => !ipaddr.isValidCIDR(cidr));
  if (wrong !== undefined) {
    const why = `${wrong} is not a CIDR range, such as 10.0.0.0/8 or ::1/128.`;
    return { refused: "invalid", field: "cidrs", why };
  }
  const wider = cidrs.find(
    (cidr) => makerCidrs.length > 0 && !makerCidrs.some((range) => isWithin(cidr, range)),
  );
  if (wider === undefined) return null;
  const why = `${wider} is not within ${makerCidrs.join(", ")}, to which the token that you use is limited.`;
  return { refused: "invalid", field: "cidrs", why };
}

function isWithin(inner: string, outer: string): boolean {
  const [network, bits] = ipaddr.parseCIDR(inner);
  const [around, fewer] = ipaddr.parseCIDR(outer);
  return network.kind() === around.kind() && bits >= fewer && network.match(around, fewer);
}

function refuseExpiry(expiresAt: Date | null, maker: MakerLimits, now: Date): Refusal | null {
  if (!expiresAt) return null;
  const refuse = (why: string): Refusal => ({ refused: "invalid", field: "expiresAt", why });
  if (expiresAt <= now) return refuse("This time is in the past.");
  if (maker.expiresAt && expiresAt > maker.expiresAt) {
    return refuse(`The token that you use expires earlier, at ${maker.expiresAt.toISOString()}.`);
  }
  const longest = latestExpiry(now, maker.maxDays);
  if (!longest || expiresAt <= longest) return null;
  return refuse(`Tokens may live at most ${maker.maxDays} days, until ${longest.toISOString()}.`);
}
