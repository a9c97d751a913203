/** English locales that know the zone names of their region; other zones are shown as `GMT+9`. */
const locales = ["en-GB", "en-US", "en-AU", "en-IN", "en-NZ", "en-ZA"];

/** Cached: building a formatter takes longer than drawing a card. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * A time in an IANA timezone: `14:02 CET`, with the date unless it is today (`23 Nov 14:02 CET`), and with the year
 * unless it is this year.
 */
export function clockTime(at: Date, timezone: string, now: Date): string {
  const time = `${format(at, timezone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })} ${zone(at, timezone)}`;
  const day = format(at, timezone, { day: "numeric", month: "short", year: "numeric" });
  const today = format(now, timezone, { day: "numeric", month: "short", year: "numeric" });
  if (day === today) return time;
  return day.slice(-4) === today.slice(-4) ? `${day.slice(0, -5)} ${time}` : `${day} ${time}`;
}

function zone(at: Date, timezone: string): string {
  const names = locales.map((locale) => zoneIn(locale, at, timezone));
  return names.find((name) => !/^GMT[+-]/.test(name)) ?? names[0] ?? timezone;
}

function zoneIn(locale: string, at: Date, timezone: string): string {
  const parts = formatter(locale, { timeZone: timezone, timeZoneName: "short" }).formatToParts(at);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? timezone;
}

function format(at: Date, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  return formatter("en-GB", { ...options, timeZone }).format(at);
}

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  formatters.set(key, made);
  return made;
}
