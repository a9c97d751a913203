import type { Kysely } from "kysely";
import { type QuietHours, usualQuietHours } from "../../alert/automatic-boomerang.ts";
import type { Tables } from "../../db/tables/tables.ts";
import { quietHours } from "./contract.ts";

/** The name of the setting in the table `settings`. */
export const quietHoursName = "quiet_hours";

/** The setting `quietHours`, or what applies unless it is changed. */
export async function readQuietHours(db: Kysely<Tables>): Promise<QuietHours> {
  const setting = await db
    .selectFrom("settings")
    .select("value")
    .where("name", "=", quietHoursName)
    .executeTakeFirst();
  return quietHours.safeParse(setting?.value).data ?? usualQuietHours;
}

const dayMinutes = 24 * 60;
const minuteMs = 60_000;

/** When the quiet hours end that a person has at `now` in their timezone; null outside of them. */
export function quietUntil(now: Date, { from, to }: QuietHours, timezone: string): Date | null {
  const [start, end, local] = [minutesOf(from), minutesOf(to), localMinutes(now, timezone)];
  if (minutesBetween(start, local) >= minutesBetween(start, end)) return null;
  const wholeMinute = Math.floor(now.getTime() / minuteMs) * minuteMs;
  const until = new Date(wholeMinute + minutesBetween(local, end) * minuteMs);
  // Clocks may change in between.
  const late = minutesBetween(end, localMinutes(until, timezone));
  const shift = late > dayMinutes / 2 ? late - dayMinutes : late;
  return new Date(until.getTime() - shift * minuteMs);
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}

/** Minutes from one time of the day to the next other one. */
function minutesBetween(from: number, to: number): number {
  return (to - from + dayMinutes) % dayMinutes;
}

function localMinutes(at: Date, timezone: string): number {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: timezone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return minutesOf(format.format(at));
}

/** Whether this machine knows a timezone of that name. */
export function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
