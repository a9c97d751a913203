import type { FastifyRequest } from "fastify";
import type { App, Deps } from "../api/deps.ts";
import { problem, refusalProblem } from "../api/problem.ts";
import { openRateLimits, overLimit, type Rate } from "../api/rate-limits.ts";
import type { Access } from "../api/requires.ts";
import { isFresh } from "../people/account/confirm-session.ts";
import { type Principal, unauthenticated } from "../people/principal.ts";
import { networkOf } from "../people/sign-in-tries.ts";
import { refuseMissing } from "../people/transaction-as.ts";
import { authenticate } from "./authenticate.ts";
import { nothingAt } from "./site.ts";

/** For each user and API token. A page of the Console takes about ten requests. */
const callerRate: Rate = { perSecond: 100, burst: 1000 };
/** For each address (IPv6: /64). */
const wrongTokenRate: Rate = { perSecond: 1, burst: 60 };

/**
 * Authenticates each request and checks the access of its route, before its body is read and again after: that can
 * take half a minute, in which a user can be disabled. Throws at start for an API route without access.
 */
export function authorize(app: App, deps: Deps): void {
  const judge = async (request: FastifyRequest) => {
    const access = accessOf(request);
    if (access === "anyone") request.principal = unauthenticated(request.ip);
    else await authenticate(request, deps);
    checkAccess(request.principal, access);
    checkFresh(request, deps);
  };
  const limit = callerLimit(deps);
  app.decorateRequest("principal");
  app.addHook("onRoute", ({ url, config }) => {
    if (url.startsWith("/api/v1/") && !config?.access) throw new Error(`${url} has no access`);
  });
  app.addHook("onRequest", async (request) => {
    try {
      await judge(request);
    } finally {
      limit(request);
    }
    if (request.is404 && !isRead(request)) throw nothingAt(request);
  });
  app.addHook("preHandler", async (request) => {
    if (!isRead(request) && accessOf(request) !== "anyone") await judge(request);
  });
}

function accessOf({ routeOptions }: FastifyRequest): Access {
  return routeOptions.config?.access ?? "anyone";
}

function isRead({ method }: FastifyRequest): boolean {
  return method === "GET" || method === "HEAD";
}

/** Counts a request for its user or token, or a refused one for its address. Throws a 429 over the limit. */
function callerLimit({ clock }: Deps): (request: FastifyRequest) => void {
  const limits = openRateLimits();
  return (request) => {
    if (accessOf(request) === "anyone") return;
    const { type, id } = request.principal.actor;
    const key = id ? `${type}:${id}` : networkOf(request.ip);
    const rate = id ? callerRate : wrongTokenRate;
    const wait = limits.wait(key, rate, clock());
    if (wait > 0) throw overLimit("Too many requests.", rate, wait);
    limits.take(key, rate, clock());
  };
}

/** Throws a 401 if the caller is not authenticated, and a 403 that names a missing permission. */
export function checkAccess(principal: Principal, access: Access): void {
  if (access === "anyone") return;
  if (!principal.actor.id) throw problem(401, "Sign in, or send an API token as `Authorization: Bearer …`.");
  if (access === "signed in") return;
  const missing = refuseMissing(principal, access);
  if (missing) throw refusalProblem(missing);
}

/** Programs recognise by it that the person has to confirm the session before they repeat the request. */
const confirmSession = "urn:tocsin:confirm-session";

/**
 * Throws a 403 if the route needs a session that was confirmed just now. A function of the body is asked once there is
 * one. API tokens are never asked: nobody is behind them, and creating one needs a confirmed session.
 */
function checkFresh({ routeOptions, body, principal: { confirmedAt } }: FastifyRequest, { clock }: Deps) {
  const { fresh = false } = routeOptions.config ?? {};
  const isNeeded = typeof fresh === "function" ? body !== undefined && fresh(body) : fresh;
  if (!isNeeded || !confirmedAt || isFresh(confirmedAt, clock())) return;
  throw problem(
    403,
    "Confirm that it is you: send your password to POST /api/v1/session/confirm, then repeat this request. Such changes need that every 5 minutes.",
    { type: confirmSession },
  );
}
