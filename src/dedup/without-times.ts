/*
 * What differs from one message to the next about the same thing. Each pattern begins only where no word, number or
 * address goes on, so that an IP address with a port or a MAC address is no time.
 */

const month = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\\.?";
const weekday = "(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\\s+)?";
const zone =
  "(?:\\s?(?:z|utc|gmt|[+-]\\d\\d:?\\d\\d|[ce]es?t|wes?t|[ecmp][sd]t|ak[sd]t|a[ce][sd]t|bst|ist|jst|kst|sgt|hst|msk)(?![\\w:]))";
const clock = `\\d{1,2}:[0-5]\\d(?::\\d\\d(?:[.,]\\d+)?)?(?:\\s?[ap]\\.?m(?!\\w)\\.?)?${zone}{0,2}`;
const day = "\\d{1,2}(?:st|nd|rd|th)?";
const year = "(?:,?\\s+(?:19|20)\\d\\d)?";
const atClock = `(?:,?\\s+(?:at\\s+)?${clock})?`;
const unit =
  "(?:ns|nanoseconds?|[µu]s|microseconds?|ms|millis(?:econds?)?|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|months?|years?)";
const longUnit = "(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)";
const some = `(?:\\d+(?:[.,]\\d+)?\\s?${unit}|(?:an?|one|(?:a )?few|a couple of)\\s${longUnit})`;

const times = [
  // 2026-11-29T10:00:00.123Z, 2026-11-29 10:00:00 +0000 UTC, 2026/11/29, 29.11.2026, 11/29/26
  `\\d{4}([-/])\\d\\d\\1\\d\\d(?:(?:t|,?\\s+)${clock})?`,
  `(?:\\d{1,2}/\\d{1,2}/(?:\\d{4}|\\d\\d)|\\d{1,2}\\.\\d{1,2}\\.\\d{4})(?![./\\d])${atClock}`,
  // Sun, 29 Nov 2026 10:00:00 GMT
  `${weekday}${day}[\\s-]${month}(?:[\\s-]+(?:19|20)\\d\\d)?(?!\\w)${atClock}`,
  // November 29th, 2026 10:00AM, Sun Nov 29 10:00:00 UTC 2026
  `${weekday}${month}\\s+${day}(?![\\d:])${year}${atClock}${year}`,
  `${clock}(?:\\s?[-–]\\s?${clock})?`,
  // Epochs since 2017, in seconds, milliseconds, microseconds or nanoseconds
  "1[5-9]\\d{8}(?:\\d{3}){0,3}(?:\\.\\d+)?",
  // 1h 5m 30s, 26 ms and counting, an hour ago, PT5M
  `${some}(?!\\w)(?:,?\\s?(?:and )?\\d+(?:[.,]\\d+)?\\s?${unit}(?!\\w))*(?:\\s(?:ago|and counting))?`,
  "pt(?:\\d+(?:\\.\\d+)?[hms])+",
].map((pattern) => new RegExp(`(?<![\\w:.@/-])${pattern}(?![\\w:]|\\.\\d)`, "gi"));

const counted =
  "(?:times?|events?|alerts?|occurrences?|hits?|match(?:es)?|messages?|errors?|failures?|requests?|hosts?|instances?|attempts?|more|others?)";
const counters: [RegExp, string][] = [
  [/(?<=\[(?:[A-Z]+:\d+,\s?)?[A-Z]+):\d+(?=(?:,\s?[A-Z]+:\d+)?\])/g, ""],
  [new RegExp(`(?<![\\w.,:/-])\\d[\\d.,]{0,20}(?=\\s${counted}(?!\\w))`, "gi"), ""],
  [
    /\b((?:num_|number of )?(?:count|hits|matches|occurrences|events|times seen|total)\s*[:=]\s*)\d[\d.,]*/gi,
    "$1",
  ],
  [/\b((?:attempt|retry|try)\s*#?)\d+(?:\s?(?:\/|of)\s?\d+)?/gi, "$1"],
  [/(?<![\w.])[x×]\s?\d+(?!\w)/g, ""],
];

/** A text without times, dates, durations and counters such as `[FIRING:2]`; lines that hold nothing else are left out. */
export function withoutTimes(text: string): string {
  const timeless = times.reduce((left, pattern) => left.replace(pattern, ""), text);
  const counterless = counters.reduce((left, [pattern, by]) => left.replace(pattern, by), timeless);
  return counterless
    .split("\n")
    .map((line) => line.replace(/\s+/g, " ").trim())
    .filter((line) => /[\p{L}\p{N}\p{S}]/u.test(line))
    .join("\n");
}
