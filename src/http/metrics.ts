import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { App, Deps } from "../api/deps.ts";
import { countWaiting, type WaitingCount } from "../outbox/list-deliveries.ts";

/**
 * `/metrics` for Prometheus: the process, answers by route, this node's attempts, and what waits. What waits is counted
 * in the database on request, so it is the same on every node.
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
    help: "Unfinished deliveries by state. Someone has to act on `held` ones.",
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

/** WaitingCount deliveries and their age per destination, and held lines. */
function measureQueues(deps: Deps, registry: Registry): void {
  perDestination(deps, registry, {
    name: "tocsin_deliveries_waiting",
    help: "Deliveries waiting for a destination, held ones included.",
    value: ({ deliveries }) => deliveries,
  });
  perDestination(deps, registry, {
    name: "tocsin_delivery_oldest_waiting_seconds",
    help: "Age of the oldest waiting delivery of a destination; 0 if none waits.",
    value: ({ oldestSeconds }) => oldestSeconds,
  });
  countHeldLines(deps, registry);
}

function perDestination(
  { db }: Deps,
  registry: Registry,
  { value, ...named }: { name: string; help: string; value: (waiting: WaitingCount) => number },
): void {
  new Gauge({
    ...named,
    labelNames: ["destination", "channel"] as const,
    registers: [registry],
    async collect() {
      const counted = largest(await countWaiting(db.kysely));
      this.reset();
      for (const waiting of counted) {
        this.set({ destination: waiting.destinationId, channel: waiting.channelId }, value(waiting));
      }
    },
  });
}

function countHeldLines({ db }: Deps, registry: Registry): void {
  new Gauge({
    name: "tocsin_lines_held",
    help: "Channels and webhooks that are held until someone repairs the setup.",
    registers: [registry],
    async collect() {
      const { count } = await db.kysely
        .selectFrom("lines")
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .where("fault", "is not", null)
        .executeTakeFirstOrThrow();
      this.set(count);
    },
  });
}

/** Limits the number of series in Prometheus; the other destinations share one. */
const maxSeries = 100;
const others = "others";

/** The destinations with the most waiting deliveries, and all others as one entry. */
export function largest(waiting: readonly WaitingCount[], limit = maxSeries): WaitingCount[] {
  const sorted = waiting.toSorted((a, b) => b.deliveries - a.deliveries);
  const rest = sorted.slice(limit);
  if (rest.length === 0) return sorted;
  const deliveries = rest.reduce((sum, one) => sum + one.deliveries, 0);
  const oldestSeconds = Math.max(...rest.map((one) => one.oldestSeconds));
  return [...sorted.slice(0, limit), { destinationId: others, channelId: others, deliveries, oldestSeconds }];
}
