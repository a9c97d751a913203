import type { Alert } from "../../alert/alert.ts";
import type { HistoryEntry } from "../../alert/history-event.ts";
import { effects } from "../../history/append.ts";

type Shown = Omit<Alert, "statusSet">;

/**
 * The alert as it stood before these entries of its history, given in order: each event shows what was true
 * when it happened, however late it goes out. What has no entry, as the count of events, is as it is now.
 */
export function alertAsOf(alert: Shown, later: readonly HistoryEntry[]): Shown {
  return later.toReversed().reduce(before, alert);
}

function before(alert: Shown, entry: HistoryEntry): Shown {
  switch (entry.kind) {
    case "status_changed":
      return { ...alert, status: entry.data.from, version: alert.version - 1 };
    case "assigned":
    case "unassigned":
      return { ...alert, assignee: entry.data.from, version: alert.version - 1 };
    case "severity_raised":
      return { ...alert, severity: entry.data.from };
    default:
      return alert;
  }
}

/**
 * The first entry that a webhook is yet to be told of: what somebody or something did to the alert, since the
 * destination wants to know of it. Null if there is none.
 */
export function nextChange(untold: readonly HistoryEntry[], changesSince: Date | null): HistoryEntry | null {
  if (!changesSince) return null;
  return untold.find(({ kind, at }) => effects(kind).alert && at >= changesSince) ?? null;
}
