import { Gauge, type Registry } from "prom-client";
import { countWaiting, type Waiting } from "../../../deliver/ledger/count-waiting.ts";
import type { Deps } from "../../../api/deps.ts";
import { widest } from "./widest.ts";

/** What waits for each destination and since when, and the lines that wait for somebody: the same on every node. */
export function measureQueues(deps: Deps, registry: Registry): void {
  perDestination(deps, registry, {
    name: "tocsin_deliveries_waiting",
    help: "Deliveries that wait for a destination, those held included.",
    figure: ({ deliveries }) => deliveries,
  });
  perDestination(deps, registry, {
    name: "tocsin_delivery_oldest_waiting_seconds",
    help: "How long the oldest delivery of a destination has been waiting; 0 when none waits.",
    figure: ({ oldestSeconds }) => oldestSeconds,
  });
  countHeldLines(deps, registry);
}

function perDestination(
  { db }: Deps,
  registry: Registry,
  { figure, ...named }: { name: string; help: string; figure: (waiting: Waiting) => number },
): void {
  new Gauge({
    ...named,
    labelNames: ["destination", "channel"] as const,
    registers: [registry],
    async collect() {
      const counted = widest(await countWaiting(db.kysely));
      this.reset();
      for (const waiting of counted) {
        this.set({ destination: waiting.destinationId, channel: waiting.channelId }, figure(waiting));
      }
    },
  });
}

function countHeldLines({ db }: Deps, registry: Registry): void {
  new Gauge({
    name: "tocsin_lines_held",
    help: "Channels and webhooks that refuse what is sent until somebody puts something right.",
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
