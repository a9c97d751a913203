const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const exact = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", month: "long", day: "numeric" });

const dateOf = (ts: string) => new Date(Number(ts) * 1000);

/** The hour and minute of a message. */
export const clockTime = (ts: string): string => clock.format(dateOf(ts));

/** Hour, minute and second of a moment in milliseconds. */
export const exactTime = (ms: number): string => exact.format(new Date(ms));

/** The day of a message, in words. */
export function dayOf(ts: string): string {
  const date = dateOf(ts);
  return date.toDateString() === new Date().toDateString() ? "Today" : day.format(date);
}
