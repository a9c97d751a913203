import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { ownSource } from "../dedup/own-source.ts";
import { audit } from "../people/audit.ts";
import { noDestination, readDestinations } from "../deliver/destinations/read-destinations.ts";
import { testReport } from "../setup/destinations/test-report.ts";
import { requires } from "../api/requires.ts";
import { idParams } from "../http/contract/list.ts";
import type { App, Deps } from "../api/deps.ts";
import { orRefuse, problem } from "../http/problem.ts";

/** An alert that takes the path of all alerts, to one destination. */
export function testAlertRoutes(app: App, deps: Deps): void {
  const { db } = deps;
  app.post(
    "/api/v1/destinations/:id/test-alert",
    {
      ...requires("Manage Destinations"),
      schema: {
        tags: ["Destinations"],
        summary: "Send a test alert there, which takes the path of all alerts",
        params: idParams,
        response: { 201: z.object({ alertId: z.string(), number: z.int() }) },
      },
    },
    async ({ params: { id }, principal }, reply) => {
      const [found] = await readDestinations(db.kysely, { id });
      const { displayName, state } = orRefuse(found ?? noDestination);
      if (state.kind === "disabled")
        throw problem(409, `${displayName} is disabled and takes no alerts. Enable it first.`);
      const report = testReport({ id, displayName, by: principal.actor.name, nonce: uuidv7() });
      const taken = await deps.intake.submit({ source: ownSource, reports: [report], idempotency: null });
      deps.wake();
      const opened = taken.kind === "taken" ? taken.results[0] : undefined;
      if (opened?.outcome !== "opened") throw new Error("a test alert is always news");
      const { alertId, number } = opened;
      const target = { type: "destination", id };
      await audit(db.kysely, principal, { action: "destination.tested", target, data: { alertId } });
      return reply.code(201).send({ alertId, number });
    },
  );
}
