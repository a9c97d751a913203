import type { Alert } from "../../alert/alert.ts";
import type { HistoryEntry } from "../../alert/history-event.ts";
import { effects } from "../../history/append.ts";

type EventAlert = Omit<Alert, "statusSet">;

/**
 * The alert as it was before the entries in `later`, which are in order, so that a late event still shows the
 * state at its time. Fields that no entry records, like the event count, keep their current value.
 */
export function alertAsOf(alert: EventAlert, later: readonly HistoryEntry[]): EventAlert {
  return later.toReversed().reduce(undoEntry, alert);
}

function undoEntry(alert: EventAlert, entry: HistoryEntry): EventAlert {
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
 * The first unsent entry that changed the alert, from `changesSince` on. Null if there is none, or if the
 * webhook gets no changes (`changesSince` is null).
 */
export function nextChange(unsent: readonly HistoryEntry[], changesSince: Date | null): HistoryEntry | null {
  if (!changesSince) return null;
  return unsent.find(({ kind, at }) => effects(kind).alert && at >= changesSince) ?? null;
}
