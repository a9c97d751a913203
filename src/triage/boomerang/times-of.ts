const hourMs = 3600 * 1000;

/** When a question's time is over, and when those who haven't answered are reminded: at half of it. */
export function timesOf(askedAt: Date, hours: number): { remindAt: Date; expiresAt: Date } {
  const length = hours * hourMs;
  return {
    remindAt: new Date(askedAt.getTime() + length / 2),
    expiresAt: new Date(askedAt.getTime() + length),
  };
}
