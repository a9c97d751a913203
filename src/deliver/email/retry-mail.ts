const maxRetrySeconds = 15 * 60;
/** About three days, as for deliveries. */
const maxAttempts = 300;

/** In how many seconds an email is tried again after so many attempts; null if it is given up. */
export function mailRetrySeconds(attempts: number): number | null {
  return attempts < maxAttempts ? Math.min(maxRetrySeconds, 5 * 2 ** Math.min(attempts, 10)) : null;
}
