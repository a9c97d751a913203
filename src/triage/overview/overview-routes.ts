import type { App, Deps } from "../../api/deps.ts";
import { orRefuse } from "../../api/problem.ts";
import { requires } from "../../api/requires.ts";
import { overviewBody, overviewQuery } from "./contract.ts";
import { readOverview } from "./read-overview.ts";
import { chooseSpans } from "./spans.ts";

/** The route for the figures of the Overview. */
export function overviewRoutes(app: App, { db, clock }: Deps): void {
  app.get(
    "/api/v1/metrics/overview",
    {
      ...requires("View Alerts", { cost: "heavy" }),
      schema: {
        tags: ["Alerts"],
        summary: "Get the figures of the Overview",
        querystring: overviewQuery,
        response: { 200: overviewBody },
      },
    },
    ({ query }) => readOverview(db, orRefuse(chooseSpans(query, clock()))),
  );
}
