import { Counter, Histogram, type Registry } from "prom-client";
import type { Attempt } from "./deliveries.ts";

/** Counts what this node does at the destinations. */
export interface Meter {
  attempted(outcome: Attempt["outcome"]): void;
  /** A card stands, so long after its alert was taken in. */
  announced(seconds: number): void;
  register(registry: Registry): void;
}

/** Up to the three days for which Tocsin goes on trying. */
const buckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200, 86_400];

export function openMeter(): Meter {
  const attempts = new Counter({
    name: "tocsin_delivery_attempts_total",
    help: "Attempts to announce an alert, by what came of them. `hold` and `give-up` need somebody.",
    labelNames: ["outcome"] as const,
    registers: [],
  });
  const seconds = new Histogram({
    name: "tocsin_report_to_post_seconds",
    help: "From taking an alert in to its card in Slack.",
    buckets,
    registers: [],
  });
  return {
    attempted: (outcome) => attempts.inc({ outcome }),
    announced: (passed) => seconds.observe(Math.max(0, passed)),
    register(registry) {
      registry.registerMetric(attempts);
      registry.registerMetric(seconds);
    },
  };
}
