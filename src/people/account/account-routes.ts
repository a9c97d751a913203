import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { isRefusal } from "../../alert/refusal.ts";
import type { App, Deps } from "../../api/deps.ts";
import { decodeCursor, idKey, idParams, page, pageQuery, toPage } from "../../api/page.ts";
import { orRefuse, problem, refusalProblem } from "../../api/problem.ts";
import { requires } from "../../api/requires.ts";
import { readSessionCookie } from "../../api/session-cookie.ts";
import { transaction } from "../../db/transaction.ts";
import { audit } from "../audit-log/audit.ts";
import {
  endedSessions,
  type OwnSessionBody,
  ownSessionBody,
  passwordChange,
  type SessionConfirmation,
  sessionConfirmation,
} from "../contract.ts";
import { relyingPartyOf } from "../factors/relying-party.ts";
import { refusePasswordOf } from "../oidc/emergency-admin.ts";
import { changePassword } from "./change-password.ts";
import { confirmSession } from "./confirm-session.ts";
import { deviceName } from "./device-name.ts";
import {
  endOtherSession,
  endOtherSessions,
  type ListedSession,
  listSessions,
  type OwnSession,
} from "./own-sessions.ts";

const tags = ["Session"];

/** Change one's own password. */
export function ownPasswordRoutes(app: App, { db, config, clock }: Deps): void {
  app.put(
    "/api/v1/session/password",
    {
      ...requires("signed in", { audits: ["user.password_changed"] }),
      schema: {
        tags,
        summary: "Change one's own password, which ends all other sessions",
        body: passwordChange,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const { body, principal } = request;
      const session = ownSession(request, config);
      const changed = await changePassword(db, principal, {
        ...body,
        ...{ session, oidc: config.oidc, now: clock() },
      });
      if (!isRefusal(changed) && changed.kind === "changed") return reply.code(204).send();
      request.log.warn({ user: session.userId }, "a change of the password was refused");
      if (isRefusal(changed)) return orRefuse<never>(changed);
      throw tooManyTries("tries", changed.waitMs);
    },
  );
}

/** Confirm the session, which some changes need. At the identity provider it is confirmed by `oidcRoutes`. */
export function confirmSessionRoutes(app: App, { db, config, clock }: Deps): void {
  app.post(
    "/api/v1/session/confirm",
    {
      ...requires("signed in", { audits: ["session.confirmed"], beforeFactor: true }),
      schema: {
        tags,
        summary:
          "Confirm the session by the user's password or passkey, as some changes need every 5 minutes",
        body: sessionConfirmation,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const { body, principal } = request;
      const session = ownSession(request, config);
      if ("password" in body) orRefuse(await refusePasswordOf(db.kysely, config.oidc, session.userId));
      const party = relyingPartyOf(config.publicUrl);
      const confirmation = {
        ...{ session, proof: body, now: clock() },
        party: "unavailable" in party ? null : party,
      };
      const confirmed = await confirmSession(db, principal, confirmation);
      switch (confirmed.kind) {
        case "wrong":
          // At the field: a 401 would mean that the session is over.
          throw refusalProblem({ refused: "invalid", ...wrongProof(body) });
        case "throttled":
          throw tooManyTries("tries", confirmed.waitMs);
        case "confirmed":
          return reply.code(204).send();
        default:
          return confirmed satisfies never;
      }
    },
  );
}

function wrongProof(proof: SessionConfirmation) {
  if ("password" in proof) return { field: "password", why: "The password is wrong." };
  return { why: "The passkey was not accepted. Try again, or use your password." };
}

/** List and end one's own sessions. */
export function ownSessionRoutes(app: App, { db, config, clock }: Deps): void {
  app.get(
    "/api/v1/sessions",
    {
      ...requires("signed in"),
      schema: {
        tags,
        summary: "List one's own sessions, newest first",
        querystring: pageQuery,
        response: { 200: page(ownSessionBody) },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const after = decodeCursor(cursor, idKey)?.[0] ?? null;
      const session = ownSession(request, config);
      const sessions = await listSessions(db.kysely, session, { after, count: limit + 1, now: clock() });
      return toPage(sessions, limit, { keyOf: ({ id }) => [id], show: toBody });
    },
  );

  app.delete(
    "/api/v1/sessions/:id",
    {
      ...requires("signed in", { audits: ["session.ended"] }),
      schema: {
        tags,
        summary: "End another of one's own sessions",
        params: idParams,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const session = ownSession(request, config);
      const refused = await transaction(db, async (tx) => {
        const why = await endOtherSession(tx, session, id);
        const entry = { action: "session.ended", target: { type: "session", id }, changes: null } as const;
        const outcome = why ? ({ outcome: "refused", data: { why: why.why } } as const) : {};
        await audit(tx, request.principal, { ...entry, ...outcome });
        return why;
      });
      orRefuse(refused);
      return reply.code(204).send();
    },
  );

  app.delete(
    "/api/v1/sessions",
    {
      ...requires("signed in", { audits: ["session.others_ended"] }),
      schema: { tags, summary: "End all other sessions of one's own", response: { 200: endedSessions } },
    },
    (request) =>
      transaction(db, async (tx) => {
        const ended = await endOtherSessions(tx, ownSession(request, config));
        const entry = { action: "session.others_ended", target: null, changes: null } as const;
        await audit(tx, request.principal, { ...entry, data: { ended } });
        return { ended };
      }),
  );
}

/** The session that a request uses. Throws a 403 for API tokens, which have none. */
export function ownSession(request: FastifyRequest, config: Deps["config"]): OwnSession {
  const { userId } = request.principal;
  const secret = readSessionCookie(request, config);
  if (!userId || !secret) throw problem(403, "An API token has no session.");
  return { userId, secret };
}

function toBody({ createdAt, lastSeenAt, ...session }: ListedSession): OwnSessionBody {
  return {
    ...session,
    device: deviceName(session.userAgent),
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
  };
}

/** The 429 for too many failed sign-ins or the like. */
export function tooManyTries(what: string, waitMs: number) {
  const seconds = Math.ceil(waitMs / 1000);
  const time = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return problem(429, `Too many failed ${what}. Try again in ${time}.`, { retryAfter: seconds });
}
