import { z } from "zod";
import { severities } from "../../alert/alert.ts";
import type { App, Deps } from "../../api/deps.ts";
import { decodeCursor, idParams, page, pageQuery, toPage } from "../../api/page.ts";
import { orRefuse } from "../../api/problem.ts";
import { requires } from "../../api/requires.ts";
import { ledgerEntry, ledgerQuery, recentAttempt, resentAll, showDelivery } from "../../outbox/contract.ts";
import { type LedgerEntry, listAtDestination, listRecentAttempts } from "../../outbox/list-deliveries.ts";
import { audit } from "../../people/audit-log/audit.ts";
import { transactionAs } from "../../people/transaction-as.ts";
import { showAttempt } from "./attempt-text.ts";
import { noDestination, readDestinations } from "./read-destinations.ts";
import { resendAll } from "./resend.ts";

const tags = ["Destinations"];
const ledgerKey = z.tuple([z.enum(severities), z.int()]);

/** Routes for a destination's deliveries and attempts. They name alerts, so they need View Alerts. */
export function ledgerRoutes(app: App, deps: Deps): void {
  deliveriesRoute(app, deps);
  attemptsRoute(app, deps);
  resendRoute(app, deps);
}

function deliveriesRoute(app: App, deps: Deps): void {
  app.get(
    "/api/v1/destinations/:id/deliveries",
    {
      ...requires("View Alerts"),
      schema: {
        tags,
        summary: "List a destination's waiting and failed deliveries, in sending order",
        params: idParams,
        querystring: ledgerQuery,
        response: { 200: page(ledgerEntry) },
      },
    },
    async ({ params: { id }, query: { limit, cursor, state } }) => {
      await mustExist(deps, id);
      const after = decodeCursor(cursor, ledgerKey);
      const wanted = { destinationId: id, states: state, after, limit: limit + 1 };
      const found = await listAtDestination(deps.db.kysely, wanted);
      return toPage(found, limit, { keyOf: ({ alert, rank }) => [rank, alert.number], show });
    },
  );
}

function show({ alert, rank: _, waitingSince, ...delivery }: LedgerEntry) {
  return { ...showDelivery(delivery), alert, waitingSince: waitingSince.toISOString() };
}

function attemptsRoute(app: App, deps: Deps): void {
  app.get(
    "/api/v1/destinations/:id/attempts",
    {
      ...requires("View Alerts"),
      schema: {
        tags,
        summary: "List a destination's last attempts, newest first",
        params: idParams,
        querystring: pageQuery.omit({ cursor: true }),
        response: { 200: page(recentAttempt) },
      },
    },
    async ({ params: { id }, query: { limit } }) => {
      await mustExist(deps, id);
      const attempts = await listRecentAttempts(deps.db.kysely, { destinationId: id, limit });
      return {
        results: attempts.map(({ alert, ...attempt }) => ({ ...showAttempt(attempt), alert })),
        next: null,
      };
    },
  );
}

function resendRoute(app: App, deps: Deps): void {
  app.post(
    "/api/v1/destinations/:id/resend",
    {
      ...requires("Manage Alerts", { audits: ["destination.resend"], cost: "heavy" }),
      schema: {
        tags,
        summary: "Send all failed deliveries of a destination again",
        params: idParams,
        response: { 202: resentAll },
      },
    },
    async ({ params: { id }, principal }, reply) => {
      await mustExist(deps, id);
      const resent = await transactionAs(deps.db, principal, "Manage Alerts", async (tx) => {
        const count = orRefuse(await resendAll(tx, id));
        const target = { type: "destination", id } as const;
        await audit(tx, principal, { action: "destination.resend", target, changes: null, data: { count } });
        return count;
      });
      deps.wake();
      return reply.code(202).send({ resent: orRefuse(resent) });
    },
  );
}

async function mustExist({ db }: Deps, id: string): Promise<void> {
  const [destination] = await readDestinations(db.kysely, { id });
  orRefuse(destination ?? noDestination);
}
