import type { FastifyRequest } from "fastify";
import type { App, Deps } from "../api/deps.ts";
import { problem, refusalProblem } from "../api/problem.ts";
import { type Cost, costs, openRateLimits, overLimit, type Rate } from "../api/rate-limits.ts";
import { type Access, isRead, type RouteRule, ruleFault } from "../api/requires.ts";
import { isFresh } from "../people/account/confirm-session.ts";
import { type Principal, unauthenticated } from "../people/principal.ts";
import { networkOf } from "../people/sign-in-tries.ts";
import { refuseMissing } from "../people/transaction-as.ts";
import { authenticate } from "./authenticate.ts";
import { hasFieldsToRead } from "./refused-call.ts";
import { nothingAt } from "./site.ts";

/** A route with what it declares. */
export interface DeclaredRoute extends RouteRule {
  method: string;
  url: string;
}

declare module "fastify" {
  interface FastifyInstance {
    declaredRoutes: DeclaredRoute[];
  }
}

/** For each address (IPv6: /64). */
const wrongTokenRate: Rate = { perSecond: 1, burst: 60 };

/**
 * Authenticates each request and checks the access of its route, before its body is parsed and again after: that can
 * take half a minute, in which a user can be disabled. Throws at start for an API route without a whole declaration.
 */
export function authorize(app: App, deps: Deps): void {
  const judge = async (request: FastifyRequest) => {
    const access = accessOf(request);
    if (access === "anyone") request.principal = unauthenticated(request);
    else await authenticate(request, deps);
    checkAccess(request.principal, access, request.routeOptions.config?.rule);
    checkFresh(request, deps);
  };
  const limit = callerLimit(deps);
  app.decorateRequest("principal");
  app.decorate("declaredRoutes", []);
  app.addHook("onRoute", ({ method, url, config }) => {
    const fault = ruleFault({ method, url }, config?.rule);
    if (fault) throw new Error(fault);
    const methods = [method].flat().filter((one) => one !== "HEAD");
    for (const one of methods)
      if (config?.rule) app.declaredRoutes.push({ method: one, url, ...config.rule });
  });
  app.addHook("onRequest", async (request) => {
    try {
      await judge(request);
    } catch (fault) {
      if (!hasFieldsToRead(request, fault)) throw fault;
      request.refusal = fault;
    } finally {
      limit(request);
    }
    if (request.is404 && !isRead(request.method)) throw nothingAt(request);
  });
  app.addHook("preValidation", async ({ refusal }) => {
    if (refusal) throw refusal;
  });
  app.addHook("preHandler", async (request) => {
    if (!isRead(request.method) && accessOf(request) !== "anyone") await judge(request);
  });
}

function accessOf({ routeOptions }: FastifyRequest): Access {
  return routeOptions.config?.rule?.access ?? "anyone";
}

/** Counts a request for its user or token, or a refused one for its address. Throws a 429 over the limit. */
function callerLimit({ clock }: Deps): (request: FastifyRequest) => void {
  const limits = openRateLimits();
  const count = (key: string, rate: Rate) => {
    const wait = limits.wait(key, rate, clock());
    if (wait > 0) throw overLimit("Too many requests.", rate, wait);
    limits.take(key, rate, clock());
  };
  return (request) => {
    const cost = request.routeOptions.config?.rule?.cost;
    if (!cost) return;
    const { type, id } = request.principal.actor;
    if (!id) return count(networkOf(request.ip), wrongTokenRate);
    for (const one of new Set<Cost>(["usual", cost])) count(`${one}:${type}:${id}`, costs[one]);
  };
}

/**
 * Throws a 401 if the caller is not authenticated, and a 403 that names a missing permission or says that a second factor
 * has to be added first.
 */
export function checkAccess(
  principal: Principal,
  access: Access,
  { beforeFactor = false }: { beforeFactor?: boolean } = {},
): void {
  if (access === "anyone") return;
  if (!principal.actor.id) throw problem(401, "Sign in, or send an API token as `Authorization: Bearer …`.");
  if (principal.mustAddFactor && !beforeFactor)
    throw problem(403, addFactor, { type: "urn:tocsin:add-factor" });
  if (access === "signed in") return;
  const missing = refuseMissing(principal, access);
  if (missing) throw refusalProblem(missing);
}

const addFactor =
  "Everybody who signs in by password needs a second factor here. Add a passkey or an authenticator app on your Account page; everything else works after that.";

/** Programs recognise by it that the person has to confirm the session before they repeat the request. */
const confirmSession = "urn:tocsin:confirm-session";

/**
 * Throws a 403 if the route needs a session that was confirmed just now. A function of the body is asked once there is
 * one. API tokens are never asked: nobody is behind them, and creating one needs a confirmed session.
 */
function checkFresh({ routeOptions, body, principal: { confirmedAt } }: FastifyRequest, { clock }: Deps) {
  const fresh = routeOptions.config?.rule?.fresh ?? false;
  const isNeeded = typeof fresh === "function" ? body !== undefined && fresh(body) : fresh;
  if (!isNeeded || !confirmedAt || isFresh(confirmedAt, clock())) return;
  throw problem(
    403,
    "Confirm that it is you: send your password to POST /api/v1/session/confirm, use a passkey, or sign in again at your identity provider from the Console. Then repeat this request. Such changes need that every 5 minutes.",
    { type: confirmSession },
  );
}
