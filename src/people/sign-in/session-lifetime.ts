const day = 24 * 60 * 60 * 1000;
const idle = 14 * day;

/** In milliseconds from the sign-in, however much a session is used. */
export const longestSession = 30 * day;

/** When a session ends that is used now: 14 days later, but never more than 30 days after the sign-in. */
export function sessionLifetime(signedInAt: Date, now: Date): Date {
  return new Date(Math.min(now.getTime() + idle, signedInAt.getTime() + longestSession));
}
