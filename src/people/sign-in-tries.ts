const second = 1000;
const minute = 60 * second;
const longest = 15 * minute;

/** How often something was tried in vain, and when last. */
export interface Failures {
  failures: number;
  lastAt: Date;
}

/** So many failures cost nothing, and one is forgotten in every `leak` milliseconds. */
export interface Patience {
  free: number;
  leak: number;
}

/** One person mistypes an e-mail's password; behind an address there may be an office full of them. */
export const patience = {
  email: { free: 5, leak: 15 * minute },
  ip: { free: 30, leak: minute },
} satisfies Record<string, Patience>;

/** The failures that still count. */
export function failuresLeft(tried: Failures, { leak }: Patience, now: Date): number {
  return Math.max(0, tried.failures - Math.floor(since(tried, now) / leak));
}

/**
 * How many milliseconds must pass before the next try: 10 seconds after the last free failure, doubled with each
 * further one, up to 15 minutes, so that guessing is slow while nobody is locked out for long.
 */
export function waitBefore(tried: Failures, { free, leak }: Patience, now: Date): number {
  const left = failuresLeft(tried, { free, leak }, now);
  if (left < free) return 0;
  const wait = Math.min(longest, 10 * second * 2 ** (left - free));
  return Math.max(0, wait - since(tried, now));
}

/** Never below 0: of two requests the later one may have looked at the clock first. */
function since({ lastAt }: Failures, now: Date): number {
  return Math.max(0, now.getTime() - lastAt.getTime());
}
