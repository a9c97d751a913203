import type { FastifyRequest } from "fastify";
import type { Deps } from "../api/deps.ts";
import { problem } from "../api/problem.ts";
import { checkOrigin, readSessionCookie } from "../api/session-cookie.ts";
import { findToken } from "../people/check-token.ts";
import { unauthenticated } from "../people/principal.ts";
import { findSession } from "../people/sessions.ts";

/**
 * Sets `request.principal` by token or session cookie. Throws a 401 for an invalid token. Long-lived answers call it
 * again to notice lost permissions.
 */
export async function authenticate(request: FastifyRequest, deps: Deps): Promise<void> {
  request.principal = unauthenticated(request);
  const token = readToken(request);
  const cookie = readSessionCookie(request, deps.config);
  if (token) await byToken(request, token, deps);
  else if (cookie) await bySession(request, cookie, deps);
}

/** The API token in `Authorization: Bearer` or `X-API-Key`. */
function readToken({ headers }: FastifyRequest): string | undefined {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? "")?.[1];
  const key = headers["x-api-key"];
  return bearer ?? (typeof key === "string" ? key : undefined);
}

async function byToken(request: FastifyRequest, secret: string, { db, clock }: Deps): Promise<void> {
  const token = await findToken(db.kysely, secret, { ip: request.ip, now: clock() });
  if (!token) throw problem(401, "There is no such API token.");
  const actor = { type: "token", id: token.id, name: token.name } as const;
  request.principal = { ...unauthenticated(request), actor };
  if (token.kind === "refused") throw problem(401, token.why);
  request.principal = { ...request.principal, permissions: new Set(token.permissions) };
}

async function bySession(request: FastifyRequest, secret: string, deps: Deps): Promise<void> {
  const session = await findSession(deps.db.kysely, secret, { ip: request.ip, now: deps.clock() });
  if (!session) return;
  const { user, permissions, confirmedAt, mustAddFactor } = session;
  request.principal = {
    ...unauthenticated(request),
    actor: { type: "user", id: user.id, name: user.name },
    userId: user.id,
    permissions: new Set(permissions),
    via: "console",
    confirmedAt,
    mustAddFactor,
  };
  checkOrigin(request, deps);
}
