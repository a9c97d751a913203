import type { HistoryEntry } from "../../../alert/history-event.ts";
import { effects } from "../../../history/effects.ts";

/** Whose thread is told, and how its alert stands at this moment. */
export interface Listening {
  cardId: string;
  destinationId: string;
  syncs: boolean;
  /** Open, and nobody has it. */
  unclaimed: boolean;
}

/**
 * What a thread is told of the entries that it hasn't heard. A destination that doesn't sync isn't told what
 * was done in Tocsin; a bulk change is told in the channel; a question is told at the card that it was asked from;
 * what was written in the thread itself stands there already; and a reminder that waited until somebody took the
 * alert, or until the next one came, is not told any more.
 */
export function newsFor(entries: readonly HistoryEntry[], thread: Listening): HistoryEntry[] {
  const reminder = entries.findLast((entry) => isReminderFor(entry, thread.destinationId));
  return entries.filter((entry) => {
    if (entry.kind === "reminded") return thread.unclaimed && entry === reminder;
    if ("thread" in entry.data && entry.data.thread?.cardId === thread.cardId) return false;
    if (isForAnother(entry, thread.cardId)) return false;
    const fromTocsin = entry.via === "console" || entry.via === "api";
    return effects(entry.kind).thread && !entry.inBulk && (thread.syncs || !fromTocsin);
  });
}

function isReminderFor(entry: HistoryEntry, destinationId: string): boolean {
  return entry.kind === "reminded" && entry.data.destination.id === destinationId;
}

/** A question without a card is told by whichever card comes later. */
function isForAnother({ data }: HistoryEntry, cardId: string): boolean {
  return "cardId" in data && data.cardId !== null && data.cardId !== cardId;
}
