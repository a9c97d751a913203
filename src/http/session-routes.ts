import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { transaction } from "../db/transaction.ts";
import { audit } from "../people/audit.ts";
import { endSession } from "../people/sign-in/end-sessions.ts";
import { signIn } from "../people/sign-in.ts";
import { findUser } from "../people/users/find-user.ts";
import { checkOrigin } from "./access/check-origin.ts";
import { requires } from "../api/requires.ts";
import { clearSessionCookie, readSessionCookie, setSessionCookie } from "../api/session-cookie.ts";
import { sessionBody, signIn as signInBody } from "./contract/session.ts";
import type { App, Deps } from "../api/deps.ts";
import { orRefuse, problem } from "./problem.ts";
import { showSession } from "./people/show-session.ts";

const tags = ["Session"];

/** Signing in and out at the Console, and who is signed in. */
export function sessionRoutes(app: App, deps: Deps): void {
  const { db, config, clock } = deps;

  app.post(
    "/api/v1/session",
    {
      ...requires("anyone"),
      schema: { tags, summary: "Sign in by password", body: signInBody, response: { 200: sessionBody } },
    },
    async (request, reply) => {
      checkSignInOrigin(request, deps);
      const { ip, headers, principal } = request;
      const attempt = { ...request.body, userAgent: headers["user-agent"] ?? null, now: clock() };
      const signedIn = await signIn(db, { ...principal, via: "console", ip }, attempt);
      switch (signedIn.kind) {
        case "wrong":
          throw problem(401, "The e-mail or the password is wrong.");
        case "throttled":
          throw tooMany(signedIn.waitMs);
        case "signed_in":
          setSessionCookie(reply, signedIn.session, config);
          return showSession(db.kysely, signedIn.user);
        default:
          return signedIn satisfies never;
      }
    },
  );

  app.get(
    "/api/v1/session",
    {
      ...requires("signed in"),
      schema: { tags, summary: "Who is signed in, and what they may do", response: { 200: sessionBody } },
    },
    async ({ principal }) => {
      if (!principal.userId) throw problem(403, "An API token has no session.");
      return showSession(db.kysely, orRefuse(await findUser(db.kysely, principal.userId)));
    },
  );

  app.delete(
    "/api/v1/session",
    { ...requires("signed in"), schema: { tags, summary: "Sign out", response: { 204: z.undefined() } } },
    async (request, reply) => signOut(request, reply, deps),
  );
}

async function signOut(request: FastifyRequest, reply: FastifyReply, { db, config }: Deps): Promise<void> {
  const secret = readSessionCookie(request, config);
  if (!request.principal.userId || !secret) throw problem(403, "An API token has no session.");
  await transaction(db, async (tx) => {
    await endSession(tx, secret);
    await audit(tx, request.principal, { action: "session.signed_out" });
  });
  clearSessionCookie(reply, config);
  reply.code(204);
}

/** Another site's page must not sign its visitor in as somebody else. Programs send no origin. */
function checkSignInOrigin(request: FastifyRequest, deps: Deps): void {
  if (request.headers.origin !== undefined) checkOrigin(request, deps);
}

function tooMany(waitMs: number) {
  const seconds = Math.ceil(waitMs / 1000);
  const time = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return problem(429, `Too many failed sign-ins. Try again in ${time}.`, { retryAfter: seconds });
}
