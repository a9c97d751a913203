import type { Alert } from "../../alert/alert.ts";
import { noDisposition } from "../../alert/disposition.ts";
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
      return {
        ...alert,
        status: entry.data.from,
        ...(entry.data.was ?? noDisposition),
        version: alert.version - 1,
      };
    case "disposition_changed":
      return { ...alert, ...entry.data.from };
    case "tags_changed": {
      const kept = alert.tags.filter((tag) => !entry.data.added.includes(tag));
      return { ...alert, tags: [...kept, ...entry.data.removed] };
    }
    case "assigned":
    case "unassigned":
      return { ...alert, assignee: entry.data.from, version: alert.version - 1 };
    case "severity_raised":
      return { ...alert, severity: entry.data.from };
    default:
      return alert;
  }
}

/** The unsent entries that a destination is told, in order; `since` is null if it gets no changes. */
export function changesToTell(
  unsent: readonly HistoryEntry[],
  { since, tells }: { since: Date | null; tells: (entry: HistoryEntry) => boolean },
): HistoryEntry[] {
  if (!since) return [];
  return unsent.filter((entry) => effects(entry).alert && entry.at >= since && tells(entry));
}
