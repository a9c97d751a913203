const units = [
  { name: "year", seconds: 31_557_600 },
  { name: "month", seconds: 2_629_800 },
  { name: "week", seconds: 604_800 },
  { name: "day", seconds: 86_400 },
  { name: "hour", seconds: 3600 },
  { name: "minute", seconds: 60 },
] as const;

const inWords = new Intl.RelativeTimeFormat("en", { numeric: "always", style: "long" });

/** How far `at` is from `now`: `{long: "5 minutes ago", short: "5 min"}`, within 45 s "just now". */
export function relativeTime(at: Date, now: Date): { long: string; short: string } {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const away = Math.abs(seconds);
  if (away < 45) return { long: "just now", short: "now" };
  const unit = units.find((candidate) => away >= candidate.seconds) ?? units[units.length - 1];
  const count = Math.max(1, Math.floor(away / (unit?.seconds ?? 60)));
  const name = unit?.name ?? "minute";
  return { long: inWords.format(Math.sign(seconds) * count, name), short: `${count} ${shortNames[name]}` };
}

const shortNames = { year: "y", month: "mo", week: "wk", day: "d", hour: "h", minute: "min" };
