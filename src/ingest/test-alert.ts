import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Report } from "../alert/report.ts";
import type { App, Deps } from "../api/deps.ts";
import { idParams } from "../api/page.ts";
import { orRefuse, problem } from "../api/problem.ts";
import { requires } from "../api/requires.ts";
import { ownSource } from "../dedup/incoming.ts";
import { noDestination, readDestinations } from "../deliver/destinations/read-destinations.ts";
import { audit } from "../people/audit-log/audit.ts";

/** The route that sends a test alert to one destination, along the path of all alerts. */
export function testAlertRoutes(app: App, deps: Deps): void {
  const { db } = deps;
  app.post(
    "/api/v1/destinations/:id/test-alert",
    {
      ...requires("Manage Destinations", { audits: ["destination.tested"], cost: "heavy" }),
      schema: {
        tags: ["Destinations"],
        summary: "Send a test alert to a destination",
        params: idParams,
        response: { 201: z.object({ alertId: z.string(), number: z.int() }) },
      },
    },
    async ({ params: { id }, principal }, reply) => {
      const [found] = await readDestinations(db.kysely, { id });
      const { displayName, state } = orRefuse(found ?? noDestination);
      if (state.kind === "disabled")
        throw problem(409, `${displayName} is disabled and gets no alerts. Enable it first.`);
      const report = testReport({ id, displayName, by: principal.actor.name, nonce: uuidv7() });
      const submitted = await deps.intake.submit({ source: ownSource, reports: [report], idempotency: null });
      const opened = submitted.kind === "taken" ? submitted.results[0] : undefined;
      if (opened?.outcome !== "opened") throw new Error("The test alert opened no alert");
      const { alertId, number } = opened;
      const target = { type: "destination", id } as const;
      const entry = { action: "destination.tested", target, changes: null, data: { alertId } } as const;
      await audit(db.kysely, principal, entry);
      return reply.code(201).send({ alertId, number });
    },
  );
}

interface TestAlert {
  id: string;
  displayName: string;
  /** The name of the person or token that sends it. */
  by: string;
  /** Unique, so that each test opens a new alert. */
  nonce: string;
}

/** The report of a test alert: INFO, and only for one destination. */
function testReport({ id, displayName, by, nonce }: TestAlert): Report {
  return {
    says: "firing",
    title: `Test alert for ${displayName}`,
    severity: "INFO",
    type: "RULE",
    detectionId: null,
    detectionName: null,
    identity: { kind: "named", id: `test:${nonce}` },
    logTypes: [],
    tags: [],
    reports: {},
    description: `${by} sent this test alert from Alert Destinations to check that alerts arrive here. No action is needed.`,
    runbook: null,
    reference: null,
    context: {},
    destinations: [id],
    occurredAt: null,
    event: { test: true },
  };
}
