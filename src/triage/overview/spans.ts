import type { Refusal } from "../../alert/refusal.ts";

const hour = 3600;
const day = 24 * hour;
/** Lengths of spans in seconds that people can read off an axis. */
const steps = [300, 900, hour, 6 * hour, day, 3 * day, 7 * day, 30 * day];
const maxSpans = 31;
const maxDays = 400;
const usualDays = 30;

export interface Spans {
  from: Date;
  to: Date;
  stepSeconds: number;
}

/** Divides a time into at most 31 spans, from its beginning; refuses a time that is empty or longer than 400 days. */
export function chooseSpans(
  wanted: { from?: string | undefined; to?: string | undefined },
  now: Date,
): Spans | Refusal {
  const to = wanted.to ? new Date(wanted.to) : now;
  const from = wanted.from ? new Date(wanted.from) : new Date(to.getTime() - usualDays * day * 1000);
  const seconds = (to.getTime() - from.getTime()) / 1000;
  if (seconds <= 0) return refuse("must be before `to`");
  const stepSeconds = steps.find((step) => seconds / step <= maxSpans);
  if (stepSeconds === undefined || seconds > maxDays * day)
    return refuse(`must be at most ${maxDays} days before \`to\``);
  return { from, to, stepSeconds };
}

function refuse(why: string): Refusal {
  return { refused: "invalid", field: "from", why };
}
