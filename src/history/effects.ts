import type { HistoryKind } from "../alert/history-event.ts";

/** What an entry means for the readers of the history. */
export interface Effects {
  /** The card shows something else now. */
  card: boolean;
  /** The thread says it in one reply. */
  thread: boolean;
  /** Somebody or something changed the alert itself: `updatedBy` and `updatedAt` follow. */
  alert: boolean;
}

const silent: Effects = { card: false, thread: false, alert: false };
const all: Effects = { card: true, thread: true, alert: true };
const toldOnly: Effects = { card: false, thread: true, alert: false };
const threadOnly: Effects = { card: false, thread: true, alert: true };

const effectsOf: Record<HistoryKind, Effects> = {
  opened: silent,
  informational: silent,
  routed: silent,
  severity_raised: all,
  joined_after_close: threadOnly,
  source_says_over: threadOnly,
  status_changed: all,
  assigned: all,
  unassigned: all,
  commented: threadOnly,
  comment_edited: threadOnly,
  comment_deleted: threadOnly,
  announced: silent,
  digested: silent,
  // Only the thread of the destination that wants it tells it: whoever reminds marks that one.
  reminded: silent,
  not_delivered: silent,
  boomerang_asked: toldOnly,
  // The card offers to suppress repeats after a Yes.
  boomerang_answered: { card: true, thread: true, alert: false },
  boomerang_reminded: toldOnly,
  boomerang_expired: toldOnly,
  boomerang_cancelled: toldOnly,
  boomerang_unreachable: toldOnly,
  boomerang_still_open: toldOnly,
  suppression_set: toldOnly,
  suppressed: silent,
  suppression_ended: toldOnly,
};

export function effects(kind: HistoryKind): Effects {
  return effectsOf[kind];
}
