import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { isRefusal } from "../../alert/refusal.ts";
import type { App, Deps } from "../../api/deps.ts";
import { requires } from "../../api/requires.ts";
import { readDeviceCookie, readSessionCookie, setSessionCookies } from "../../api/session-cookie.ts";
import {
  auditNotConfirmed,
  findUnconfirmed,
  takeConfirmed,
  tooLate,
  whyNotConfirmed,
} from "../../boomerang/second-factor/unconfirmed.ts";
import { transaction } from "../../db/transaction.ts";
import { isKnownDevice } from "../../people/devices.ts";
import { confirmByProvider } from "../../people/oidc/confirm-by-provider.ts";
import { type Explained, ProviderFault } from "../../people/oidc/explain-fault.ts";
import { openProvider, type Provider } from "../../people/oidc/provider.ts";
import type { Claims } from "../../people/oidc/read-claims.ts";
import { signInByProvider } from "../../people/oidc/sign-in-by-provider.ts";
import { auditRefusedSignIn } from "../../people/refused-sign-ins.ts";
import { whoMay } from "../../people/roles.ts";
import { findSession } from "../../people/sessions.ts";
import {
  type Counter,
  forgetOldTries,
  forgiveTry,
  providerCounters,
  takeTry,
} from "../../people/sign-in-tries.ts";
import { idTokenPurpose } from "../../secrets/vault.ts";
import {
  answerTaken,
  explainNotConfirmed,
  explainNotTaken,
  explainProviderFault,
  explainRefusal,
  notSetUp,
  notYours,
  type PageText,
  tooManyVisits,
} from "./explain-refusal.ts";
import { beginSignIn, continueSignIn, type PendingSignIn, takeState } from "./pending-sign-in.ts";
import { sendPage } from "./send-page.ts";

/** What the handlers need, once OpenID Connect is set up. */
type Parts = Deps & { provider: Provider };

/**
 * The addresses from which browsers go to the identity provider and to which they return. Every outcome is a page or a
 * redirect.
 */
export function oidcRoutes(app: App, deps: Deps): void {
  const { oidc, publicUrl } = deps.config;
  const parts = oidc && { ...deps, provider: openProvider(oidc, { publicUrl, fetch: deps.reach.fetch }) };
  const audits = [
    "session.signed_in",
    "session.confirmed",
    "user.created",
    "user.changed",
    "user.identity_added",
    "boomerang.answer",
  ] as const;

  app.get(
    "/auth/oidc/start",
    {
      ...requires("anyone", { unaudited: "It only leads to the identity provider." }),
      schema: { hide: true },
    },
    async (request, reply) => (parts ? start(request, reply, parts) : sendPage(reply, notSetUp)),
  );

  app.get(
    "/auth/oidc/callback",
    { ...requires("anyone", { audits }), schema: { hide: true } },
    async (request, reply) => (parts ? comeBack(request, reply, parts) : sendPage(reply, notSetUp)),
  );
}

async function start(request: FastifyRequest, reply: FastifyReply, parts: Parts): Promise<FastifyReply> {
  const query = queryOf(request);
  const confirms = query.get("confirm") === "1";
  const answer = query.get("answer");
  const waiting = answer === null ? null : await findWaiting(parts, answer);
  if (answer !== null && !waiting) return sendPage(reply, explainNotTaken(tooLate.why));
  const next = confirms ? "/confirmed" : ownPath(query.get("next"));
  const session = confirms ? await currentSession(request, parts) : null;
  if (confirms && !session) return sendPage(reply, explainNotConfirmed("session over", parts.provider.oidc));
  try {
    const wanted = { next, confirms, ...(answer !== null && { answer }) };
    const binding = beginSignIn(request, reply, { ...parts, wanted });
    const loginHint = waiting?.email ?? session?.user.email;
    const page = await parts.provider.authorizeUrl(binding, {
      fresh: confirms || answer !== null,
      ...(loginHint && { loginHint }),
    });
    return reply.header("cache-control", "no-store").redirect(page, 302);
  } catch (fault) {
    if (!(fault instanceof ProviderFault)) throw fault;
    logFault(request, fault.explained);
    return sendPage(reply, explainProviderFault(fault.explained, parts.provider.oidc));
  }
}

async function comeBack(request: FastifyRequest, reply: FastifyReply, parts: Parts): Promise<FastifyReply> {
  const { db, clock } = parts;
  const state = queryOf(request).get("state") ?? "";
  const pending = continueSignIn(request, reply, { ...parts, state });
  // Not counted: other sites' pages can send such requests from anybody's browser.
  if (!pending) return refuseState(request, reply, parts);
  const device = readDeviceCookie(request, parts.config);
  const known = (await isKnownDevice(db.kysely, device, clock())) ? device : null;
  const counters = providerCounters({ ip: request.ip, device: known });
  const waitMs = await transaction(db, (tx) => takeTry(tx, counters, clock()));
  if (waitMs > 0) {
    await refuse(request, parts, { why: "too many tries", email: null, userId: null });
    reply.header("retry-after", Math.ceil(waitMs / 1000));
    return sendPage(reply, tooManyVisits(waitMs));
  }
  if (!(await takeState(db, state, clock()))) return refuseState(request, reply, parts);
  try {
    const redeemed = await parts.provider.redeem(queryOf(request).toString(), pending);
    if (pending.answer !== undefined) {
      await forgive(parts, counters);
      return sendPage(reply, await confirmAnswer(request, parts, { pending, claims: redeemed.claims }));
    }
    const page = pending.confirms
      ? await confirm(request, parts, { pending, ...redeemed })
      : await signIn(request, reply, { parts, ...redeemed });
    if (page) return sendPage(reply, page);
    await forgive(parts, counters);
    return reply.header("cache-control", "no-store").redirect(pending.next, 302);
  } catch (fault) {
    if (!(fault instanceof ProviderFault)) throw fault;
    const { explained } = fault;
    logFault(request, explained);
    // Nobody has to wait because the provider was down.
    if (explained.whose === "operator") await forgive(parts, counters);
    await refuse(request, parts, { why: `provider: ${explained.code}`, email: null, userId: null });
    return sendPage(reply, explainProviderFault(explained, parts.provider.oidc));
  }
}

async function refuseState(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: Parts,
): Promise<FastifyReply> {
  await refuse(request, parts, { why: "unknown or used state", email: null, userId: null });
  return sendPage(reply, notYours);
}

/** Signs the person in; otherwise returns the page that says why not. */
async function signIn(
  request: FastifyRequest,
  reply: FastifyReply,
  { parts, claims, idToken }: { parts: Parts; claims: Claims; idToken: string },
): Promise<PageText | null> {
  const { db, clock, config, slack, provider } = parts;
  const { oidc } = provider;
  const isShort = idToken.length <= maxKeptToken;
  const visit = {
    claims,
    idToken: isShort ? slack.vault.seal(idToken, idTokenPurpose) : null,
    device: readDeviceCookie(request, config),
    userAgent: request.headers["user-agent"] ?? null,
    now: clock(),
  };
  const by = { ...request.principal, via: "console", ip: request.ip } as const;
  const outcome = await signInByProvider(db, by, { oidc, visit });
  if (outcome.kind === "signed_in") {
    setSessionCookies(reply, outcome.session, config);
    return null;
  }
  const { why, userId } = outcome;
  await refuse(request, parts, { why, email: claims.email, userId });
  return explainRefusal(why, { ...claims, oidc, admins: await whoMay(db.kysely, ["Manage Users"]) });
}

/** Longer ones, with hundreds of groups, would not fit into the address of the sign-out page. */
const maxKeptToken = 4096;

/** Confirms the session of this browser; otherwise returns the page that says why not. */
async function confirm(
  request: FastifyRequest,
  parts: Parts,
  { pending, claims }: { pending: PendingSignIn; claims: Claims },
): Promise<PageText | null> {
  const { db, clock, config, provider } = parts;
  const session = await currentSession(request, parts);
  const secret = readSessionCookie(request, config);
  if (!session || !secret) return explainNotConfirmed("session over", provider.oidc);
  const { id, name } = session.user;
  const by = { ...request.principal, actor: { type: "user", id, name }, via: "console" } as const;
  const why = await confirmByProvider(db, by, {
    ...{ claims, session: { secret, userId: id }, now: clock() },
    startedAt: new Date(pending.startedAt),
  });
  if (why) request.log.warn({ ip: request.ip, user: id, why }, "a session was not confirmed");
  return why && explainNotConfirmed(why, provider.oidc);
}

function findWaiting({ db, clock }: Parts, id: string) {
  return z.uuid().safeParse(id).success ? findUnconfirmed(db.kysely, id, clock()) : null;
}

/** Records an answer to a Boomerang that the person has confirmed by signing in. Nobody is signed in to Tocsin. */
async function confirmAnswer(
  request: FastifyRequest,
  parts: Parts,
  { pending, claims }: { pending: PendingSignIn; claims: Claims },
): Promise<PageText> {
  const { db, clock, provider } = parts;
  const id = pending.answer ?? "";
  const found = await findWaiting(parts, id);
  if (!found) return explainNotTaken(tooLate.why);
  const why = whyNotConfirmed(found, { claims, startedAt: new Date(pending.startedAt) });
  if (why !== null) {
    await auditNotConfirmed(db.kysely, { ...request.principal, via: "console" }, { ...found, why });
    return explainNotTaken(why);
  }
  const { ip, agent } = request.principal;
  const taken = { id, confirmedBy: provider.oidc.name, origin: { ip, agent }, now: clock() };
  const recorded = await transaction(db, (tx) => takeConfirmed(tx, taken));
  if (isRefusal(recorded)) return explainNotTaken(recorded.why);
  parts.wake();
  return answerTaken;
}

function currentSession(request: FastifyRequest, { db, clock, config }: Parts) {
  const secret = readSessionCookie(request, config);
  return secret ? findSession(db.kysely, secret, { ip: request.ip, now: clock() }) : null;
}

/** Logs and audits a sign-in that was refused; it stays counted. */
async function refuse(
  request: FastifyRequest,
  { db, clock }: Parts,
  { why, email, userId }: { why: string; email: string | null; userId: string | null },
): Promise<void> {
  const { ip, principal, log } = request;
  log.warn({ ip, why, ...(userId && { user: userId }) }, "a sign-in by OpenID Connect was refused");
  const now = clock();
  const target =
    userId &&
    (await db.kysely.selectFrom("users").select("name").where("id", "=", userId).executeTakeFirst());
  const actor =
    userId && target ? ({ type: "user", id: userId, name: target.name } as const) : principal.actor;
  const by = { ...principal, actor, via: "console", ip } as const;
  await transaction(db, (tx) => auditRefusedSignIn(tx, { by, email, why: `OpenID Connect: ${why}`, now }));
  await forgetOldTries(db.kysely, now);
}

function forgive({ db }: Parts, counters: readonly Counter[]): Promise<void> {
  return transaction(db, (tx) => forgiveTry(tx, counters));
}

function logFault({ log }: FastifyRequest, { code, what }: Explained): void {
  log.warn({ code }, `OpenID Connect: ${what}`);
}

function queryOf({ url }: FastifyRequest): URLSearchParams {
  return new URLSearchParams(url.split("?")[1] ?? "");
}

/** A page of this Console: a link must not lead to another site after the sign-in. */
function ownPath(path: string | null): string {
  return path !== null && /^\/(?![/\\])[\x21-\x7e]*$/.test(path) ? path : "/alerts";
}
