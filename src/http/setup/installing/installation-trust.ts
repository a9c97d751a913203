import { z } from "zod";
import { trustInstallation } from "../../../setup/installations/trust-installation.ts";
import { requires } from "../../../api/requires.ts";
import { idParams } from "../../contract/list.ts";
import { installationChange } from "../../contract/slack-install.ts";
import type { App, Deps } from "../../../api/deps.ts";
import { orRefuse } from "../../problem.ts";

/**
 * Whether a workspace's e-mails count. Whoever runs a trusted workspace can pass for any user of Tocsin's there:
 * this is a decision about users, more than about destinations.
 */
export function installationTrustRoutes(app: App, { db }: Deps): void {
  app.patch(
    "/api/v1/slack/installations/:id",
    {
      ...requires("Manage Users"),
      schema: {
        tags: ["Slack app"],
        summary: "Trust a workspace's e-mails, or no more",
        params: idParams,
        body: installationChange,
        response: { 200: z.object({ id: z.string(), trusted: z.boolean() }) },
      },
    },
    async ({ params: { id }, body: { trusted }, principal }) =>
      orRefuse(await trustInstallation(db, { id, trusted }, principal)),
  );
}
