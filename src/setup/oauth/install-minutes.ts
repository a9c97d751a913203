const minutes = 10;

/** Until when somebody may take their time at Slack, and then at the confirmation. */
export function installMinutes(now: Date): Date {
  return new Date(now.getTime() + minutes * 60_000);
}
