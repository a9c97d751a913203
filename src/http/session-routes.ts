import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { App, Deps } from "../api/deps.ts";
import { orRefuse, problem } from "../api/problem.ts";
import { requires } from "../api/requires.ts";
import {
  basePathOf,
  checkOrigin,
  clearSessionCookie,
  readDeviceCookie,
  readSessionCookie,
  setSessionCookies,
} from "../api/session-cookie.ts";
import { transaction } from "../db/transaction.ts";
import { tooManyTries } from "../people/account/account-routes.ts";
import { audit } from "../people/audit-log/audit.ts";
import {
  type LinkBody,
  linkBody,
  linkToken,
  type SessionBody,
  sessionBody,
  signedOut,
  signIn as signInBody,
  signInWays,
  useLink as useLinkBody,
} from "../people/contract.ts";
import { factorNeeded } from "../people/factors/contract.ts";
import { findFactors, hasFactor, isFactorRequired } from "../people/factors/factors.ts";
import { relyingPartyOf } from "../people/factors/relying-party.ts";
import { refusePasswordOf } from "../people/oidc/emergency-admin.ts";
import { ProviderFault } from "../people/oidc/explain-fault.ts";
import { openProvider, type Provider } from "../people/oidc/provider.ts";
import { commandLine } from "../people/principal.ts";
import { endSession } from "../people/sessions.ts";
import { signIn } from "../people/sign-in.ts";
import { maxTokenDays } from "../people/tokens.ts";
import { findLink, type PasswordLink, useLink } from "../people/use-link.ts";
import { findUser, type User } from "../people/users.ts";
import { idTokenPurpose } from "../secrets/vault.ts";
import { closingRules } from "../triage/closing-rules.ts";
import { askSecondFactor } from "./second-factor-cookie.ts";

const tags = ["Session"];

/** Sign in and out, and read the current session. */
export function sessionRoutes(app: App, deps: Deps): void {
  const { db, config, reach } = deps;
  const { oidc, publicUrl } = config;
  const provider = oidc && openProvider(oidc, { publicUrl, fetch: reach.fetch });

  app.post(
    "/api/v1/session",
    {
      ...requires("anyone", { audits: ["session.signed_in", "session.password_accepted"] }),
      schema: {
        tags,
        summary: "Sign in by password; a user with a second factor gives it in a second step",
        body: signInBody,
        response: { 200: sessionBody, 202: factorNeeded },
      },
    },
    async (request, reply) => {
      checkSignInOrigin(request, deps);
      const { ip, principal } = request;
      const attempt = { ...request.body, ...sender(request, deps), oidc: config.oidc };
      const signedIn = await signIn(db, { ...principal, via: "console", ip }, attempt);
      if (signedIn.kind === "wrong" || signedIn.kind === "throttled") {
        const { kind: why, userId: user } = signedIn;
        request.log.warn({ ip, why, ...(user && { user }) }, "a sign-in was refused");
      }
      switch (signedIn.kind) {
        case "wrong":
          throw problem(401, wrongPassword(config));
        case "throttled":
          throw tooManyTries("sign-ins", signedIn.waitMs);
        case "factor_needed":
          return reply.code(202).send(askSecondFactor(reply, signedIn.pending, deps));
        case "signed_in":
          setSessionCookies(reply, signedIn.session, config);
          return toSessionBody(deps, signedIn.user);
        default:
          return signedIn satisfies never;
      }
    },
  );

  app.get(
    "/api/v1/session",
    {
      ...requires("signed in", { beforeFactor: true }),
      schema: {
        tags,
        summary: "Read the signed-in user and their permissions",
        response: { 200: sessionBody },
      },
    },
    async ({ principal }) => {
      if (!principal.userId) throw problem(403, "An API token has no session.");
      const user = orRefuse(await findUser(db.kysely, principal.userId));
      return toSessionBody(deps, user, principal.mustAddFactor);
    },
  );

  app.delete(
    "/api/v1/session",
    {
      ...requires("signed in", { audits: ["session.signed_out"], beforeFactor: true }),
      schema: {
        tags,
        summary:
          "Sign out; after a sign-in by OpenID Connect the answer may name the provider's page to sign out there",
        response: { 200: signedOut, 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const byProvider = await signOut(request, reply, deps);
      const signOutUrl =
        byProvider && provider && (await signOutPage(request, deps, { ...byProvider, provider }));
      return signOutUrl ? { signOutUrl } : reply.code(204).send();
    },
  );
}

/** Read how people sign in. */
export function signInWaysRoutes(app: App, { config }: Deps): void {
  app.get(
    "/api/v1/sign-in-ways",
    {
      ...requires("anyone"),
      schema: { tags, summary: "Read how people sign in", response: { 200: signInWays } },
    },
    async () => ({
      provider: config.oidc ? { name: config.oidc.name, url: `${basePathOf(config)}/auth/oidc/start` } : null,
      passwords: config.oidc?.only ? ("emergency admin" as const) : ("everybody" as const),
    }),
  );
}

/** The same for every email, so that nobody learns whose it is. */
function wrongPassword({ oidc }: Deps["config"]): string {
  const wrong = "The email or password is wrong.";
  return oidc?.only
    ? `${wrong} Only the emergency admin signs in by password; sign in with ${oidc.name}.`
    : wrong;
}

async function signOut(request: FastifyRequest, reply: FastifyReply, { db, config }: Deps) {
  const secret = readSessionCookie(request, config);
  if (!request.principal.userId || !secret) throw problem(403, "An API token has no session.");
  const byProvider = await transaction(db, async (tx) => {
    await audit(tx, request.principal, { action: "session.signed_out", target: null, changes: null });
    return endSession(tx, secret);
  });
  clearSessionCookie(reply, config);
  return byProvider;
}

/** The provider's page that ends the session there too. Its absence must not keep anybody signed in here. */
async function signOutPage(
  { log }: FastifyRequest,
  { slack: { vault } }: Deps,
  { idToken, provider }: { idToken: Buffer | null; provider: Provider },
): Promise<string | null> {
  try {
    return await provider.signOutUrl(idToken && openToken(idToken, vault));
  } catch (fault) {
    if (!(fault instanceof ProviderFault)) throw fault;
    log.warn({ code: fault.explained.code }, "the identity provider's sign-out page can't be found");
    return null;
  }
}

/** Null if the secret key was rotated since; the provider then asks whom to sign out. */
function openToken(sealed: Buffer, vault: Deps["slack"]["vault"]): string | null {
  try {
    return vault.unseal(sealed, idTokenPurpose);
  } catch {
    return null;
  }
}

/** Keeps another site's page from signing its visitor in as someone else. Programs send no origin. */
export function checkSignInOrigin(request: FastifyRequest, deps: Deps): void {
  if (request.headers.origin !== undefined) checkOrigin(request, deps);
}

/** What sign-ins remember of a request. */
export function sender(request: FastifyRequest, { config, clock }: Deps) {
  const userAgent = request.headers["user-agent"] ?? null;
  return { device: readDeviceCookie(request, config), userAgent, now: clock() };
}

/** Read and use one-time links, which set a password or create the first admin. */
export function passwordLinkRoutes(app: App, deps: Deps): void {
  const { db, config, clock } = deps;
  app.post(
    "/api/v1/password-links/look",
    {
      ...requires("anyone", { unaudited: "It doesn't use the link up." }),
      schema: {
        tags,
        summary: "Read what a link is for, without using it up",
        body: linkToken,
        response: { 200: linkBody },
      },
    },
    async ({ body }) => toLinkBody(orRefuse(await findLink(db.kysely, body.token, clock()))),
  );

  app.post(
    "/api/v1/password-links/use",
    {
      ...requires("anyone", { audits: ["user.created", "user.password_set", "session.password_accepted"] }),
      schema: {
        tags,
        summary:
          "Set a password with a link and sign in; a user with a second factor gives it in a second step",
        body: useLinkBody,
        response: { 200: sessionBody, 202: factorNeeded },
      },
    },
    async (request, reply) => {
      const { body, ip, principal } = request;
      // The first admin's link came from the server's terminal, so it may do all that the command line may.
      const actor = { type: "system", id: null, name: "One-time link" } as const;
      const by = { ...principal, actor, permissions: commandLine.permissions, via: "console", ip } as const;
      const use = { ...body, ...sender(request, deps), oidc: config.oidc };
      const used = orRefuse(await useLink(db, by, use));
      if ("pending" in used) return reply.code(202).send(askSecondFactor(reply, used.pending, deps));
      setSessionCookies(reply, used.session, config);
      return toSessionBody(deps, used.user);
    },
  );
}

function toLinkBody(link: PasswordLink): LinkBody {
  const { email, name } = link.kind === "set_password" ? link : { email: null, name: null };
  return { kind: link.kind, email, name };
}

/** The session with what the Console needs about the user. Without `mustAddFactor` it has just begun by password. */
export async function toSessionBody(
  { db, config: { oidc, publicUrl }, outgoing }: Deps,
  user: User,
  mustAddFactor?: boolean,
): Promise<SessionBody> {
  const { id, email, name, role, permissions, mailWhenAssigned } = user;
  const password = user.hasPassword && (await refusePasswordOf(db.kysely, oidc, id)) === null;
  const factors = await findFactors(db.kysely, id);
  const party = relyingPartyOf(publicUrl);
  const settings = { ...(await closingRules(db.kysely)), maxTokenDays: await maxTokenDays(db.kysely) };
  const mails = { mailWhenAssigned, hasMailServer: outgoing.mail !== null };
  const confirmBy = {
    password,
    provider: oidc && user.byProvider ? oidc.name : null,
    passkey: !("unavailable" in party) && factors.passkeyHosts.includes(party.id),
  };
  return {
    ...{ user: { id, email, name, role }, permissions, confirmBy, ...mails, ...settings },
    mustAddFactor: mustAddFactor ?? (!hasFactor(factors) && (await isFactorRequired(db.kysely))),
  };
}
