import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { App, Deps } from "../api/deps.ts";
import { measureQueues } from "./site/metrics/measure-queues.ts";

/**
 * `/metrics` for Prometheus: the process, the answers by route, what this node tried, and what waits. The last
 * is counted in the database when asked, so that every node tells the same and no code has to keep count.
 */
export function metricsRoute(app: App, deps: Deps): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  measureAnswers(app, registry);
  measureQueues(deps, registry);
  countDeliveries(deps, registry);
  deps.meter.register(registry);
  app.get("/metrics", { schema: { hide: true } }, async (_request, reply) => {
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

function measureAnswers(app: App, registry: Registry): void {
  const seconds = new Histogram({
    name: "tocsin_http_answer_seconds",
    help: "Time to answer, by route.",
    labelNames: ["method", "route", "status"] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 3, 10],
    registers: [registry],
  });
  app.addHook("onResponse", async ({ method, routeOptions }, { statusCode, elapsedTime }) => {
    const route = routeOptions.url ?? "unknown";
    seconds.observe({ method, route, status: statusCode }, elapsedTime / 1000);
  });
}

function countDeliveries({ db }: Deps, registry: Registry): void {
  new Gauge({
    name: "tocsin_deliveries_open",
    help: "Deliveries that are not over yet, by state. `held` needs somebody.",
    labelNames: ["state"] as const,
    registers: [registry],
    async collect() {
      const rows = await db.kysely
        .selectFrom("deliveries")
        .select(["state", ({ fn }) => fn.countAll<number>().as("count")])
        .where("state", "in", ["waiting", "sending", "held", "failed"])
        .groupBy("state")
        .execute();
      this.reset();
      for (const { state, count } of rows) this.set({ state }, count);
    },
  });
}
