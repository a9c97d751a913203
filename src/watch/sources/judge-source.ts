import type { SourceFault } from "../../alert/report.ts";

/** What a source sent lately, and what is set for it. */
export interface WatchedSource {
  id: string;
  name: string;
  /** Whether to raise an alert when it falls silent, and after how many hours. */
  noData: boolean;
  noDataHours: number;
  /** Whether to raise an alert when its bodies become unreadable. */
  unreadable: boolean;
  /** When its last body came. */
  lastAt: Date;
  /** In how many of the last seven periods of `noDataHours` that end with its last body it sent something. */
  periods: number;
  /** Bodies of the last hour of which something was taken, and of which nothing was. */
  taken: number;
  refused: number;
  /** Whether anything was taken ever. */
  everTaken: boolean;
}

/** Faults that a source has now; `open` are those that it has already, which end only when they are over. */
export function judgeSource(
  source: WatchedSource,
  open: ReadonlySet<SourceFault>,
  now: Date,
): Set<SourceFault> {
  const faults = new Set<SourceFault>();
  if (source.noData && isSilent(source, now) && (isRegular(source) || open.has("SOURCE_NO_DATA")))
    faults.add("SOURCE_NO_DATA");
  const isUnreadable = open.has("SOURCE_UNREADABLE")
    ? staysUnreadable(source, now)
    : becomesUnreadable(source);
  if (source.unreadable && isUnreadable) faults.add("SOURCE_UNREADABLE");
  return faults;
}

const hourMs = 3_600_000;
const regularPeriods = 7;
const leastRefused = 3;
/** A source that sends nothing any more has nothing that can't be read. */
const forgottenHours = 24;

function isSilent({ lastAt, noDataHours }: WatchedSource, now: Date): boolean {
  return now.getTime() - lastAt.getTime() >= noDataHours * hourMs;
}

function isRegular({ periods }: WatchedSource): boolean {
  return periods >= regularPeriods;
}

function becomesUnreadable({ everTaken, taken, refused }: WatchedSource): boolean {
  return everTaken && refused >= leastRefused && refused > taken;
}

/** Until at least half of what came within an hour is understood. */
function staysUnreadable({ lastAt, taken, refused }: WatchedSource, now: Date): boolean {
  const isForgotten = now.getTime() - lastAt.getTime() >= forgottenHours * hourMs;
  return !isForgotten && (taken === 0 || refused > taken);
}
