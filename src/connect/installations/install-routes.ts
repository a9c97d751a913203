import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { slackTrust } from "../../alert/permission.ts";
import type { App, Deps } from "../../api/deps.ts";
import { idParams } from "../../api/page.ts";
import { orRefuse, problem } from "../../api/problem.ts";
import { requires } from "../../api/requires.ts";
import { readSessionCookie } from "../../api/session-cookie.ts";
import { installationChange, oauthReturn, slackInstallBody } from "../contract.ts";
import { findInstall, startInstall } from "./begin-oauth.ts";
import { confirmInstall, finishInstall } from "./finish-oauth.ts";
import { trustInstallation } from "./installations.ts";

const tags = ["Slack app"];

/** Read and confirm an OAuth installation. It is stored only after the person has seen its workspace. */
export function slackInstallRoutes(app: App, deps: Deps): void {
  const { db, clock, slack } = deps;

  app.get(
    "/api/v1/slack/installs/:id",
    {
      ...requires(slackTrust),
      schema: {
        tags,
        summary: "Read what Slack granted by OAuth, in the session that started it",
        params: z.object({ id: z.string().max(50) }),
        response: { 200: slackInstallBody },
      },
    },
    async (request) => {
      const { id } = request.params;
      return orRefuse(await findInstall(db.kysely, { id, session: sessionOf(request, deps), now: clock() }));
    },
  );

  app.post(
    "/api/v1/slack/installs/:id/confirm",
    {
      ...requires(slackTrust, { fresh: true, audits: ["slack_app.installed"] }),
      schema: {
        tags,
        summary: "Confirm the workspace, which stores its token",
        params: idParams,
        response: { 200: z.object({ installationId: z.string() }) },
      },
    },
    async (request) => {
      const confirmed = { id: request.params.id, session: sessionOf(request, deps), now: clock() };
      const parts = { db, vault: slack.vault };
      const installationId = orRefuse(await confirmInstall(parts, confirmed, request.principal));
      deps.wake();
      return { installationId };
    },
  );
}

/**
 * Trust a workspace's emails. An admin of a trusted workspace can act as any Tocsin user there.
 */
export function installationTrustRoutes(app: App, { db }: Deps): void {
  app.patch(
    "/api/v1/slack/installations/:id",
    {
      ...requires(slackTrust, { fresh: true, audits: ["slack_app.trusted", "slack_app.distrusted"] }),
      schema: {
        tags: ["Slack app"],
        summary: "Trust a workspace's emails, or stop trusting them",
        params: idParams,
        body: installationChange,
        response: { 200: z.object({ id: z.string(), trusted: z.boolean() }) },
      },
    },
    async ({ params: { id }, body: { trusted }, principal }) =>
      orRefuse(await trustInstallation(db, { id, trusted }, principal)),
  );
}

/**
 * The addresses from which browsers go to Slack for OAuth and to which they return. Neither asks for a fresh sign-in:
 * what Slack grants takes effect only when it is confirmed, and a visit to Slack may take longer than five minutes.
 */
export function oauthRoutes(app: App, deps: Deps): void {
  const { config, clock } = deps;
  const redirectUri = `${config.publicUrl}/slack/oauth_redirect`;

  app.get(
    "/slack/install",
    { ...requires(slackTrust, { cost: "heavy" }), schema: { hide: true } },
    async (request, reply) => {
      const session = sessionOf(request, deps);
      const page = orRefuse(await startInstall(deps, { session, redirectUri, now: clock() }));
      return reply.header("cache-control", "no-store").redirect(page, 302);
    },
  );

  app.get(
    "/slack/oauth_redirect",
    { ...requires(slackTrust, { cost: "heavy" }), schema: { hide: true, querystring: oauthReturn } },
    async (request, reply) => {
      const returned = { ...request.query, session: sessionOf(request, deps), redirectUri, now: clock() };
      const id = await finishInstall(deps, returned, request.principal);
      // The redirect removes code and state from the address bar; the Console shows the outcome.
      return reply
        .header("cache-control", "no-store")
        .redirect(`/configure/slack-app?install=${id ?? "unknown"}`, 302);
    },
  );
}

/** The secret of the request's session. Throws a 403 for an API token. */
function sessionOf(request: FastifyRequest, { config }: Pick<Deps, "config">): string {
  const secret = readSessionCookie(request, config);
  if (request.principal.userId && secret) return secret;
  throw problem(403, "Installing by OAuth needs a browser session. Sign in to the Console first.");
}
