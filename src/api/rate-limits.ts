import { type Problem, problem } from "./problem.ts";

/** A token bucket: `burst` at once, refilled by `perSecond`. */
export interface Rate {
  perSecond: number;
  burst: number;
}

/**
 * What each user and API token may call. A page of the Console takes about ten requests. Heavy are calls that wait
 * for Slack or another service, or change many rows.
 */
export const costs = {
  usual: { perSecond: 100, burst: 1000 },
  heavy: { perSecond: 5, burst: 200 },
} as const satisfies Record<string, Rate>;
export type Cost = keyof typeof costs;

interface Bucket {
  left: number;
  at: number;
}

/** Token buckets by key, in the memory of this node: with several nodes each of them allows the whole rate. */
export interface RateLimits {
  /** Seconds until something is left; 0 if something is. Counts nothing. */
  wait(key: string, rate: Rate, now: Date): number;
  /** Counts `amount`. May go below zero: what is begun while something is left is taken whole. */
  take(key: string, rate: Rate, now: Date, amount?: number): void;
}

/** The least recently used are forgotten beyond this, so that unknown callers can't fill the memory. */
const maxBuckets = 10_000;

export function openRateLimits(): RateLimits {
  const buckets = new Map<string, Bucket>();
  return {
    wait(key, rate, now) {
      const left = leftIn(buckets.get(key), rate, now);
      return left >= 1 ? 0 : Math.ceil((1 - left) / rate.perSecond);
    },
    take(key, rate, now, amount = 1) {
      const left = leftIn(buckets.get(key), rate, now) - amount;
      buckets.delete(key);
      buckets.set(key, { left, at: now.getTime() });
      const [oldest] = buckets.size > maxBuckets ? buckets.keys() : [];
      if (oldest !== undefined) buckets.delete(oldest);
    },
  };
}

/** Never counts time backwards: a clock may be set back. */
function leftIn(bucket: Bucket | undefined, { perSecond, burst }: Rate, now: Date): number {
  if (!bucket) return burst;
  const seconds = Math.max(0, now.getTime() - bucket.at) / 1000;
  return Math.min(burst, bucket.left + seconds * perSecond);
}

/** The 429 for a caller over its limit, who can go on after `wait` seconds. */
export function overLimit(detail: string, { burst }: Rate, wait: number): Problem {
  return problem(429, `${detail} Try again in ${wait} s.`, { retryAfter: wait, limit: burst });
}
