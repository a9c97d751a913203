import type { AuditAction } from "../alert/audit-action.ts";
import type { Permission } from "../alert/permission.ts";
import type { Principal } from "../people/principal.ts";
import type { Cost } from "./rate-limits.ts";

/** Who may use a route: principals with all these permissions, any authenticated principal, or anyone. */
export type Access = Permission | readonly Permission[] | "signed in" | "anyone";

/**
 * Whether a change needs a session that was confirmed in the last five minutes
 * (docs/behaviour.md#confirming-a-session); a function says so by the body.
 */
export type Fresh = boolean | ((body: unknown) => boolean);

/** What a route declares: docs/permissions.md is made from it. */
export interface RouteRule {
  access: Access;
  /** What a call that changes something writes to the audit log. */
  audits: readonly AuditAction[];
  /** Why a route that isn't a read writes nothing there. */
  unaudited: string | null;
  /** Null for what anyone may call: such routes count by address, key or email themselves. */
  cost: Cost | null;
  fresh: Fresh;
  /** Whether people may use it before they have added the second factor that is required of them. */
  beforeFactor: boolean;
}

declare module "fastify" {
  interface FastifyRequest {
    /** Who sent the request. Always nobody on routes for "anyone", even with credentials. */
    principal: Principal;
  }
  interface FastifyContextConfig {
    rule?: RouteRule;
  }
}

/** Enough for an email and a password. */
const unprovenBytes = 16 * 1024;

/**
 * The route options for what it declares: `app.get(url, { ...requires("View Users"), schema }, …)`. A route that isn't a
 * read needs `audits`, or the reason why not in `unaudited`. What anyone may send is small.
 */
export function requires(
  access: Access,
  {
    audits = [],
    unaudited = null,
    cost = "usual",
    fresh = false,
    beforeFactor = false,
  }: Partial<RouteRule> = {},
): { config: { rule: RouteRule }; bodyLimit?: number } {
  const rule = { access, audits, unaudited, cost: access === "anyone" ? null : cost, fresh, beforeFactor };
  return { config: { rule }, ...(access === "anyone" && { bodyLimit: unprovenBytes }) };
}

/** What is wrong with a route's declaration; null if nothing is. */
export function ruleFault(
  { method, url }: { method: string | string[]; url: string },
  rule: RouteRule | undefined,
): string | null {
  if (!url.startsWith("/api/v1/")) return null;
  if (!rule) return `${method} ${url} has no access`;
  const isDeclared = isRead(method) || rule.audits.length > 0 || rule.unaudited !== null;
  return isDeclared ? null : `${method} ${url} declares neither what it audits nor why it audits nothing`;
}

/** Whether requests of these methods change nothing. */
export function isRead(method: string | string[]): boolean {
  return [method].flat().every((one) => one === "GET" || one === "HEAD");
}
