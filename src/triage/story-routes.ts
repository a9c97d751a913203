import { timeline } from "../history/timeline.ts";
import { requires } from "../api/requires.ts";
import { alertParams, sampleBody } from "./contract.ts";
import { historyBody } from "../http/contract/history.ts";
import { page } from "../http/contract/list.ts";
import type { App, Deps } from "../api/deps.ts";
import { alertIdOf } from "../http/alerts/alert-id.ts";
import { showEntry } from "./show-alert.ts";

const tags = ["Alerts"];

/** What belongs to one alert: its history and its event samples. */
export function alertStoryRoutes(app: App, deps: Deps): void {
  const { db } = deps;
  const ofAlert = { ...requires("View Alerts") };

  app.get(
    "/api/v1/alerts/:id/history",
    {
      ...ofAlert,
      schema: {
        tags,
        summary: "Everything that happened, in order",
        params: alertParams,
        response: { 200: page(historyBody) },
      },
    },
    async ({ params }) => {
      const entries = await timeline(db.kysely, { alertId: await alertIdOf(deps, params.id) });
      return { results: entries.map(showEntry), next: null };
    },
  );

  app.get(
    "/api/v1/alerts/:id/events",
    {
      ...ofAlert,
      schema: {
        tags,
        summary: "The first ten events",
        params: alertParams,
        response: { 200: page(sampleBody) },
      },
    },
    async ({ params }) => {
      const alertId = await alertIdOf(deps, params.id);
      const samples = db.kysely
        .selectFrom("alert_samples")
        .select(["n", "event"])
        .where("alert_id", "=", alertId);
      return { results: await samples.orderBy("n").execute(), next: null };
    },
  );
}
