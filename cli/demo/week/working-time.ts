import type { Random } from "../seeded.ts";

const hour = 60 * 60 * 1000;
const week = 7 * 24 * hour;
/** What is younger belongs to the present, and is sent while everybody watches. */
const youngest = hour / 2;

/** How busy each hour of a working day is, in UTC: people make alerts, and so do nightly jobs. */
const busy = [1, 1, 3, 1, 1, 2, 5, 9, 10, 10, 9, 7, 9, 10, 9, 8, 6, 4, 2, 2, 1, 1, 1, 1] as const;
const busiest = Math.max(...busy);
const weekendShare = 0.25;

/** How likely something happens at this time, beside the busiest hour of the week: 0 to 1. */
export function likelihood(at: Date): number {
  const share = (busy[at.getUTCHours()] ?? 0) / busiest;
  const weekend = at.getUTCDay() === 0 || at.getUTCDay() === 6;
  return weekend ? share * weekendShare : share;
}

/** A time within the last seven days, as likely as work is then. */
export function workingTime(now: Date, random: Random): Date {
  for (;;) {
    const at = new Date(now.getTime() - youngest - random() * (week - youngest));
    if (random() < likelihood(at)) return at;
  }
}
