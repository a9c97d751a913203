import type { Waiting } from "../../../deliver/ledger/count-waiting.ts";

/** Prometheus keeps a series per destination: more than this many share one. */
const most = 100;
const others = "others";

/** The destinations for which most waits, one by one, and all others as one. */
export function widest(waiting: readonly Waiting[], limit = most): Waiting[] {
  const sorted = waiting.toSorted((a, b) => b.deliveries - a.deliveries);
  const rest = sorted.slice(limit);
  if (rest.length === 0) return sorted;
  const deliveries = rest.reduce((sum, one) => sum + one.deliveries, 0);
  const oldestSeconds = Math.max(...rest.map((one) => one.oldestSeconds));
  return [...sorted.slice(0, limit), { destinationId: others, channelId: others, deliveries, oldestSeconds }];
}
