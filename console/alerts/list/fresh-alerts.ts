import type { AlertRow } from "../../../src/triage/contract.ts";

type Numbered = Pick<AlertRow, "id" | "number">;

interface Seen {
  rows: Numbered[];
  /** The highest number that matched when the list was loaded; undefined while it loads. */
  baseline: number | undefined;
  newest: Numbered[];
}

/** Of the newest alerts those that came since the list was loaded and that it doesn't show. */
export function freshAlerts({ rows, baseline, newest }: Seen): Numbered[] {
  if (baseline === undefined) return [];
  const shown = new Set(rows.map(({ id }) => id));
  return newest.filter(({ id, number }) => number > baseline && !shown.has(id));
}
