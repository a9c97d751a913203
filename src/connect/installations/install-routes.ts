import { z } from "zod";
import { confirmInstall } from "../../setup/oauth/confirm-install.ts";
import { findInstall } from "./begin-oauth.ts";
import { requires } from "../../api/requires.ts";
import { idParams } from "../../http/contract/list.ts";
import { slackInstallBody } from "../../http/contract/slack-install.ts";
import type { App, Deps } from "../../api/deps.ts";
import { orRefuse } from "../../http/problem.ts";
import { sessionOf } from "../../http/setup/installing/session-of.ts";

const tags = ["Slack app"];

/** An installation by OAuth is stored once whoever began it has seen which workspace it is. */
export function slackInstallRoutes(app: App, deps: Deps): void {
  const { db, clock, slack } = deps;

  app.get(
    "/api/v1/slack/installs/:id",
    {
      ...requires("Manage Destinations"),
      schema: {
        tags,
        summary: "Read what Slack granted by OAuth, in the session that asked for it",
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
      ...requires("Manage Destinations"),
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
