import type { HistoryEntry } from "../../alert/history-event.ts";
import { effects } from "../../history/effects.ts";

/**
 * The first entry that a webhook is yet to be told of: what somebody or something did to the alert, since the
 * destination wants to know of it. Null if there is none.
 */
export function nextChange(untold: readonly HistoryEntry[], changesSince: Date | null): HistoryEntry | null {
  if (!changesSince) return null;
  return untold.find(({ kind, at }) => effects(kind).alert && at >= changesSince) ?? null;
}
