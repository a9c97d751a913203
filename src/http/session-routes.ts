import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { App, Deps } from "../api/deps.ts";
import { orRefuse, problem } from "../api/problem.ts";
import { requires } from "../api/requires.ts";
import {
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
  signIn as signInBody,
  useLink as useLinkBody,
} from "../people/contract.ts";
import { commandLine } from "../people/principal.ts";
import { endSession } from "../people/sessions.ts";
import { signIn } from "../people/sign-in.ts";
import { maxTokenDays } from "../people/tokens.ts";
import { findLink, type PasswordLink, useLink } from "../people/use-link.ts";
import { findUser, type User } from "../people/users.ts";
import { closingRules } from "../triage/closing-rules.ts";

const tags = ["Session"];

/** Sign in and out, and read the current session. */
export function sessionRoutes(app: App, deps: Deps): void {
  const { db, config } = deps;

  app.post(
    "/api/v1/session",
    {
      ...requires("anyone", { audits: ["session.signed_in"] }),
      schema: { tags, summary: "Sign in by password", body: signInBody, response: { 200: sessionBody } },
    },
    async (request, reply) => {
      checkSignInOrigin(request, deps);
      const { ip, principal } = request;
      const attempt = { ...request.body, ...sender(request, deps) };
      const signedIn = await signIn(db, { ...principal, via: "console", ip }, attempt);
      if (signedIn.kind !== "signed_in") {
        const { kind: why, userId: user } = signedIn;
        request.log.warn({ ip, why, ...(user && { user }) }, "a sign-in was refused");
      }
      switch (signedIn.kind) {
        case "wrong":
          throw problem(401, "The email or password is wrong.");
        case "throttled":
          throw tooManyTries("sign-ins", signedIn.waitMs);
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
      ...requires("signed in"),
      schema: {
        tags,
        summary: "Read the signed-in user and their permissions",
        response: { 200: sessionBody },
      },
    },
    async ({ principal }) => {
      if (!principal.userId) throw problem(403, "An API token has no session.");
      return toSessionBody(deps, orRefuse(await findUser(db.kysely, principal.userId)));
    },
  );

  app.delete(
    "/api/v1/session",
    {
      ...requires("signed in", { audits: ["session.signed_out"] }),
      schema: { tags, summary: "Sign out", response: { 204: z.undefined() } },
    },
    async (request, reply) => signOut(request, reply, deps),
  );
}

async function signOut(request: FastifyRequest, reply: FastifyReply, { db, config }: Deps): Promise<void> {
  const secret = readSessionCookie(request, config);
  if (!request.principal.userId || !secret) throw problem(403, "An API token has no session.");
  await transaction(db, async (tx) => {
    await endSession(tx, secret);
    await audit(tx, request.principal, { action: "session.signed_out", target: null, changes: null });
  });
  clearSessionCookie(reply, config);
  reply.code(204);
}

/** Keeps another site's page from signing its visitor in as someone else. Programs send no origin. */
function checkSignInOrigin(request: FastifyRequest, deps: Deps): void {
  if (request.headers.origin !== undefined) checkOrigin(request, deps);
}

/** What sign-ins remember of a request. */
function sender(request: FastifyRequest, { config, clock }: Deps) {
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
      ...requires("anyone", { audits: ["user.created", "user.password_set"] }),
      schema: {
        tags,
        summary: "Set a password with a link and sign in",
        body: useLinkBody,
        response: { 200: sessionBody },
      },
    },
    async (request, reply) => {
      const { body, ip, principal } = request;
      // The first admin's link came from the server's terminal, so it may do all that the command line may.
      const actor = { type: "system", id: null, name: "One-time link" } as const;
      const by = { ...principal, actor, permissions: commandLine.permissions, via: "console", ip } as const;
      const use = { ...body, ...sender(request, deps) };
      const { session, user } = orRefuse(await useLink(db, by, use));
      setSessionCookies(reply, session, config);
      return toSessionBody(deps, user);
    },
  );
}

function toLinkBody(link: PasswordLink): LinkBody {
  const { email, name } = link.kind === "set_password" ? link : { email: null, name: null };
  return { kind: link.kind, email, name };
}

/** The session with what the Console needs about the user. */
async function toSessionBody({ db: { kysely: db }, outgoing }: Deps, user: User): Promise<SessionBody> {
  const { id, email, name, role, permissions, mailWhenAssigned } = user;
  const settings = { ...(await closingRules(db)), maxTokenDays: await maxTokenDays(db) };
  const mails = { mailWhenAssigned, hasMailServer: outgoing.mail !== null };
  return { user: { id, email, name, role }, permissions, ...mails, ...settings };
}
