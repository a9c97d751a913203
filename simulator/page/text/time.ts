const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const exact = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", month: "long", day: "numeric" });

const dateOf = (ts: string) => new Date(Number(ts) * 1000);

/** The time of a message, as hours and minutes. */
export const clockTime = (ts: string): string => clock.format(dateOf(ts));

/** A time with seconds; `ms` is milliseconds since 1970. */
export const exactTime = (ms: number): string => exact.format(new Date(ms));

/** The day of a message, such as "Today" or "Friday, November 27". */
export function dayOf(ts: string): string {
  const date = dateOf(ts);
  return date.toDateString() === new Date().toDateString() ? "Today" : day.format(date);
}
