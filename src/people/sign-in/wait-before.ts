/** How often something was tried without success, and when last. */
export interface Failures {
  failures: number;
  lastAt: Date;
}

const second = 1000;
const longest = 15 * 60 * second;
/** After so long without a failure they are forgotten. */
export const memory = 24 * 60 * 60 * second;

/**
 * How many milliseconds must pass before the next try: none for the first `free`, then 10 seconds, doubled with
 * each failure, up to 15 minutes, so that guessing is slow while nobody is locked out for long.
 */
export function waitBefore({ failures, lastAt }: Failures, free: number, now: Date): number {
  const since = now.getTime() - lastAt.getTime();
  if (failures < free || since > memory) return 0;
  const wait = Math.min(longest, 10 * second * 2 ** (failures - free));
  return Math.max(0, wait - since);
}
