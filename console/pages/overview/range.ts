import { keysOf } from "../../forms/choices.ts";

export const rangeLabels = { "24h": "24 hours", "7d": "7 days", "30d": "30 days", "90d": "90 days" } as const;
export type Range = keyof typeof rangeLabels;

const hourMs = 3_600_000;
const lengthMs = {
  "24h": 24 * hourMs,
  "7d": 7 * 24 * hourMs,
  "30d": 30 * 24 * hourMs,
  "90d": 90 * 24 * hourMs,
} satisfies Record<Range, number>;

/** Reads the range from a URL's query; 7 days when it names none. */
export function readRange({ range }: Record<string, unknown>): { range?: Range } {
  const known = keysOf(rangeLabels).find((name) => name === range);
  return known ? { range: known } : {};
}

/** The times of a range that ends with the current hour, or with today in the browser's timezone. */
export function timesOf(range: Range, now: Date): { from: string; to: string } {
  const to = new Date(now);
  if (range === "24h") to.setHours(to.getHours() + 1, 0, 0, 0);
  else to.setHours(24, 0, 0, 0);
  return { from: new Date(to.getTime() - lengthMs[range]).toISOString(), to: to.toISOString() };
}
