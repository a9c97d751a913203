import { openRateLimits, type Rate } from "./rate-limits.ts";

/** What happens too often to be kept whole, in the memory of this node: some of it by key, and how much was left out. */
export interface Samples {
  /** How many were left out since the last one that was kept; null if this one is to be left out too. */
  take(key: string, now: Date): number | null;
}

const maxKeys = 10_000;

export function openSamples(rate: Rate): Samples {
  const limits = openRateLimits();
  const omitted = new Map<string, number>();
  return {
    take(key, now) {
      const before = omitted.get(key) ?? 0;
      omitted.delete(key);
      if (limits.wait(key, rate, now) === 0) {
        limits.take(key, rate, now);
        return before;
      }
      omitted.set(key, before + 1);
      const [oldest] = omitted.size > maxKeys ? omitted.keys() : [];
      if (oldest !== undefined) omitted.delete(oldest);
      return null;
    },
  };
}
