import { Tooltip } from "@mantine/core";
import { useSyncExternalStore } from "react";

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });

/** A relative time, with the exact time on hover. `short` is for table columns: "5 min". */
export function Time({ at, length = "long" }: { at: string; length?: "long" | "short" }) {
  const now = useNow();
  const moment = new Date(at);
  return (
    <Tooltip label={exact.format(moment)}>
      <time dateTime={at}>{relativeTime(moment, now)[length]}</time>
    </Tooltip>
  );
}

const units = [
  { name: "year", seconds: 31_557_600 },
  { name: "month", seconds: 2_629_800 },
  { name: "week", seconds: 604_800 },
  { name: "day", seconds: 86_400 },
  { name: "hour", seconds: 3600 },
] as const;
const minute = { name: "minute", seconds: 60 } as const;

const longFormat = new Intl.RelativeTimeFormat("en", { numeric: "always", style: "long" });

/**
 * The time from `now` to `at`: `{long: "5 minutes ago", short: "5 min"}`, or "just now" within 45 s. Past times are
 * rounded down. Future ones are rounded to the nearest unit, so that 4 hours don't turn into 3 after a second.
 */
export function relativeTime(at: Date, now: Date): { long: string; short: string } {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const distance = Math.abs(seconds);
  if (distance < 45) return { long: "just now", short: "now" };
  const isFuture = seconds > 0;
  const reached = isFuture ? distance + 60 : distance;
  const { name, seconds: unit } = units.find((candidate) => reached >= candidate.seconds) ?? minute;
  const count = Math.max(1, (isFuture ? Math.round : Math.floor)(distance / unit));
  return { long: longFormat.format(Math.sign(seconds) * count, name), short: `${count} ${shortNames[name]}` };
}

const shortNames = { year: "y", month: "mo", week: "wk", day: "d", hour: "h", minute: "min" };

const tickMs = 10_000;
const listeners = new Set<() => void>();
let now = new Date();
let timer: ReturnType<typeof setInterval> | undefined;

/** The current time, updated every 10 s by one timer for the whole page. */
function useNow(): Date {
  return useSyncExternalStore(subscribe, () => now);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!timer) {
    now = new Date();
    timer = setInterval(tick, tickMs);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  now = new Date();
  for (const listener of listeners) listener();
}
