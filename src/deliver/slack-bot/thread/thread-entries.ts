import type { HistoryEntry } from "../../../alert/history-event.ts";
import { effects, kindsToldLate } from "../../../history/append.ts";

/** A card's thread and what decides which entries it gets. */
export interface ThreadState {
  cardId: string;
  destinationId: string;
  syncs: boolean;
  /** The last history entry from before the card was posted. */
  postedSeq: number;
  /** The alert is open and has no assignee. */
  unassigned: boolean;
}

/**
 * The entries that go into a thread (docs/behaviour.md#6-slack-bot): none of a bulk change, none that was
 * written in this thread or belongs to another card's question, and only the last reminder of this destination
 * while it still applies.
 */
export function entriesForThread(entries: readonly HistoryEntry[], thread: ThreadState): HistoryEntry[] {
  const reminder = entries.findLast((entry) => isReminderFor(entry, thread.destinationId));
  return entries.filter((entry) => {
    if (entry.seq <= thread.postedSeq && !kindsToldLate.includes(entry.kind)) return false;
    if (entry.kind === "reminded") return thread.unassigned && entry === reminder;
    if ("thread" in entry.data && entry.data.thread?.cardId === thread.cardId) return false;
    if (isForAnotherCard(entry, thread.cardId)) return false;
    const fromTocsin = entry.via === "console" || entry.via === "api";
    return effects(entry).thread && !entry.inBulk && (thread.syncs || !fromTocsin);
  });
}

function isReminderFor(entry: HistoryEntry, destinationId: string): boolean {
  return entry.kind === "reminded" && entry.data.destination.id === destinationId;
}

/** A question that was asked without a card belongs to every card. */
function isForAnotherCard({ data }: HistoryEntry, cardId: string): boolean {
  return "cardId" in data && data.cardId !== null && data.cardId !== cardId;
}
