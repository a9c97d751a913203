import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Report } from "../alert/report.ts";
import type { App, Deps } from "../api/deps.ts";
import { idParams } from "../api/page.ts";
import { orRefuse, problem } from "../api/problem.ts";
import { requires } from "../api/requires.ts";
import { ownSource } from "../dedup/incoming.ts";
import { noDestination, readDestinations } from "../deliver/destinations/read-destinations.ts";
import { audit } from "../people/audit.ts";

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

interface Tested {
  id: string;
  displayName: string;
  /** Who asked for it. */
  by: string;
  /** Never the same twice: each test is an alert of its own. */
  nonce: string;
}

/** The alert by which somebody sees that a destination works: it goes there only, and needs nobody. */
function testReport({ id, displayName, by, nonce }: Tested): Report {
  return {
    says: "firing",
    title: `Test alert for ${displayName}`,
    severity: "INFO",
    type: "RULE",
    detectionId: "Tocsin.TestAlert",
    detectionName: "Test alert",
    identity: { kind: "named", id: `test:${nonce}` },
    logTypes: [],
    tags: [],
    reports: {},
    description: `${by} sent it from Alert Destinations to see that alerts arrive here. There is nothing to do about it.`,
    runbook: null,
    reference: null,
    context: {},
    destinations: [id],
    occurredAt: null,
    event: { test: true },
  };
}
