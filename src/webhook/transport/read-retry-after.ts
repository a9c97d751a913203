/** Longer ones are cut: a receiver's mistake shall not silence it for good. */
const longestSeconds = 24 * 3600;

/** Seconds that a `Retry-After` asks for, given as seconds or as a date; null without one that can be read. */
export function readRetryAfter(header: string | undefined, now: Date): number | null {
  if (!header) return null;
  const text = header.trim();
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - now.getTime()) / 1000;
  return Number.isFinite(seconds) ? Math.min(longestSeconds, Math.max(1, seconds)) : null;
}
