import { beginInstall } from "../../../setup/oauth/begin-install.ts";
import { finishInstall } from "../../../connect/installations/finish-oauth.ts";
import { requires } from "../../../api/requires.ts";
import { oauthReturn } from "../../contract/slack-install.ts";
import type { App, Deps } from "../../../api/deps.ts";
import { orRefuse } from "../../problem.ts";
import { sessionOf } from "./session-of.ts";

/** Where browsers leave for Slack to have the app installed, and come back to. */
export function oauthRoutes(app: App, deps: Deps): void {
  const { config, clock } = deps;
  const redirectUri = `${config.publicUrl}/slack/oauth_redirect`;

  app.get(
    "/slack/install",
    { ...requires("Manage Destinations"), schema: { hide: true } },
    async (request, reply) => {
      const session = sessionOf(request, deps);
      const page = orRefuse(await beginInstall(deps, { session, redirectUri, now: clock() }));
      return reply.header("cache-control", "no-store").redirect(page, 302);
    },
  );

  app.get(
    "/slack/oauth_redirect",
    { ...requires("Manage Destinations"), schema: { hide: true, querystring: oauthReturn } },
    async (request, reply) => {
      const returned = { ...request.query, session: sessionOf(request, deps), redirectUri, now: clock() };
      const id = await finishInstall(deps, returned, request.principal);
      // The code and the state leave the address bar; the Console tells what became of it.
      return reply
        .header("cache-control", "no-store")
        .redirect(`/configure/slack-app?install=${id ?? "unknown"}`, 302);
    },
  );
}
