import type { App, Deps } from "../../api/deps.ts";
import { problem } from "../../api/problem.ts";
import { requires } from "../../api/requires.ts";
import { alertIdOf, findAlert } from "../../history/find-alerts.ts";
import { alertParams } from "../contract.ts";
import { seenBeforeBody } from "./contract.ts";
import { findSeenBefore } from "./find-seen-before.ts";

/** The route for earlier alerts that have something in common with one. */
export function seenBeforeRoutes(app: App, deps: Deps): void {
  app.get(
    "/api/v1/alerts/:id/seen-before",
    {
      ...requires("View Alerts"),
      schema: {
        tags: ["Alerts"],
        summary: "List earlier alerts with the same detection, user, host or address",
        params: alertParams,
        response: { 200: seenBeforeBody },
      },
    },
    async ({ params }) => {
      const alert = await findAlert(deps.db.kysely, await alertIdOf(deps, params.id));
      if (!alert) throw problem(404, "There is no such alert.");
      const { alerts, more } = await findSeenBefore(deps.db.kysely, alert);
      const results = alerts.map(({ createdAt, ended, ...seen }) => ({
        ...seen,
        createdAt: createdAt.toISOString(),
        ended: ended && { at: ended.at.toISOString(), by: ended.by, comment: ended.comment },
      }));
      return { results, more };
    },
  );
}
