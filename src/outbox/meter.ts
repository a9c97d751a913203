import { Counter, Histogram, type Registry } from "prom-client";
import type { Disposition } from "../alert/disposition.ts";
import type { Attempt } from "./attempts.ts";

/** Metrics of this node's deliveries, and of the alerts that were closed through it. */
export interface Meter {
  attempted(outcome: Attempt["outcome"]): void;
  /** A card was posted this long after its report was received. */
  announced(seconds: number): void;
  /** A person or a program closed an alert. */
  closed(disposition: Disposition | null): void;
  register(registry: Registry): void;
}

/** In seconds. Deliveries are retried for up to three days. */
const buckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200, 86_400];

export function openMeter(): Meter {
  const attempts = new Counter({
    name: "tocsin_delivery_attempts_total",
    help: "Attempts to announce an alert, by outcome. `hold` and `give-up` need action.",
    labelNames: ["outcome"] as const,
    registers: [],
  });
  const seconds = new Histogram({
    name: "tocsin_report_to_post_seconds",
    help: "Time from receiving a report to its card in Slack.",
    buckets,
    registers: [],
  });
  const closings = new Counter({
    name: "tocsin_alerts_closed_total",
    help: "Alerts that people and programs closed, by disposition; `none` without one.",
    labelNames: ["disposition"] as const,
    registers: [],
  });
  return {
    attempted: (outcome) => attempts.inc({ outcome }),
    announced: (elapsed) => seconds.observe(Math.max(0, elapsed)),
    closed: (disposition) => closings.inc({ disposition: disposition ?? "none" }),
    register(registry) {
      registry.registerMetric(closings);
      registry.registerMetric(attempts);
      registry.registerMetric(seconds);
    },
  };
}
