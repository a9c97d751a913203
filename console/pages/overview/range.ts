import type { OverviewBody } from "../../../src/triage/overview/contract.ts";
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

const hour = 3600;

/** The beginnings of all spans, those without alerts too. */
export function spansOf({
  from,
  to,
  stepSeconds,
}: Pick<OverviewBody, "from" | "to" | "stepSeconds">): string[] {
  const spans: string[] = [];
  for (let at = Date.parse(from); at < Date.parse(to); at += stepSeconds * 1000)
    spans.push(new Date(at).toISOString());
  return spans;
}

/** The end of a span. */
export function endOf(at: string, stepSeconds: number): string {
  return new Date(Date.parse(at) + stepSeconds * 1000).toISOString();
}

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const date = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const dateAndClock = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});
const weekdayAndDate = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });

/** A span's short name below an axis. */
export function tickText(at: string, stepSeconds: number): string {
  return (stepSeconds <= hour ? clock : date).format(new Date(at));
}

/** A span's full name: its day, or from when to when. */
export function spanText(at: string, stepSeconds: number): string {
  const begin = new Date(at);
  const end = new Date(endOf(at, stepSeconds));
  if (stepSeconds < 24 * hour) return `${dateAndClock.format(begin)} to ${clock.format(end)}`;
  if (stepSeconds === 24 * hour) return weekdayAndDate.format(begin);
  return `${weekdayAndDate.format(begin)} to ${weekdayAndDate.format(new Date(end.getTime() - 1))}`;
}

/** Which spans get a tick, so that names have about 64 px each. */
export function ticksOf(spans: string[], width: number): string[] {
  const each = Math.max(1, Math.ceil((spans.length * 64) / Math.max(width, 1)));
  return spans.filter((_, at) => at % each === 0);
}
