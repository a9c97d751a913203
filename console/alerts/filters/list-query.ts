import type { Query } from "../../api/query-string.ts";
import type { Filters, Within } from "../../pages/alerts/filters/filters.ts";

const hourMs = 3_600_000;
const withinMs = {
  "1h": hourMs,
  "24h": 24 * hourMs,
  "7d": 7 * 24 * hourMs,
  "30d": 30 * 24 * hourMs,
} satisfies Record<Within, number>;

/** What the API is asked for these filters at this moment. */
export function listQuery({ within, after, before, ...rest }: Filters, now: Date): Query {
  const createdAfter = within ? new Date(now.getTime() - withinMs[within]).toISOString() : after;
  return { ...rest, createdAfter, createdBefore: within ? undefined : before };
}
