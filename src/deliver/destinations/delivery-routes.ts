import type { App, Deps } from "../../api/deps.ts";
import { page } from "../../api/page.ts";
import { orRefuse } from "../../api/problem.ts";
import { requires } from "../../api/requires.ts";
import { alertIdOf } from "../../history/find-alerts.ts";
import { deliveryWithAttempts, resend } from "../../outbox/contract.ts";
import { listAttempts, listDeliveries } from "../../outbox/list-deliveries.ts";
import { audit } from "../../people/audit-log/audit.ts";
import { transactionAs } from "../../people/transaction-as.ts";
import { alertParams } from "../../triage/contract.ts";
import { showWithAttempts } from "./attempt-text.ts";
import { resend as resendTo } from "./resend.ts";

const tags = ["Alerts"];

/** Routes that list an alert's deliveries with their attempts, and send the alert again. */
export function deliveryRoutes(app: App, deps: Deps): void {
  const { db } = deps;
  const deliveries = async (alertId: string) => {
    const found = await listDeliveries(db.kysely, [alertId]);
    const attempts = await listAttempts(
      db.kysely,
      found.map((delivery) => delivery.id),
    );
    return { results: found.map((delivery) => showWithAttempts(delivery, attempts)), next: null };
  };

  app.get(
    "/api/v1/alerts/:id/deliveries",
    {
      ...requires("View Alerts"),
      schema: {
        tags,
        summary: "List an alert's deliveries with every attempt",
        params: alertParams,
        response: { 200: page(deliveryWithAttempts) },
      },
    },
    async ({ params }) => deliveries(await alertIdOf(deps, params.id)),
  );

  app.post(
    "/api/v1/alerts/:id/deliveries",
    {
      ...requires("Manage Alerts", { audits: ["alert.resend"] }),
      schema: {
        tags,
        summary: "Send an alert to a destination again, or for the first time",
        params: alertParams,
        body: resend,
        response: { 202: page(deliveryWithAttempts) },
      },
    },
    async ({ params, body, principal }, reply) => {
      const alertId = await alertIdOf(deps, params.id);
      const resent = await transactionAs(db, principal, "Manage Alerts", async (tx) => {
        orRefuse(await resendTo(tx, { alertId, ...body }));
        await audit(tx, principal, {
          action: "alert.resend",
          target: { type: "alert", id: alertId },
          changes: null,
          data: { ...body },
        });
        return null;
      });
      orRefuse(resent);
      deps.wake();
      return reply.code(202).send(await deliveries(alertId));
    },
  );
}
