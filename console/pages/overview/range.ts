import { keysOf } from "../../forms/choices.ts";
import { withinMs } from "../alerts/filters/time-range.ts";

export const rangeLabels = { "24h": "24 hours", "7d": "7 days", "30d": "30 days", "90d": "90 days" } as const;
export type Range = keyof typeof rangeLabels;

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
  return { from: new Date(to.getTime() - withinMs[range]).toISOString(), to: to.toISOString() };
}
