import type { Reminder } from "../../../alert/reminder.ts";
import type { Status } from "../../../alert/status.ts";

/** A reminder that has come due, with what is true now. */
export interface DueReminder {
  status: Status;
  assigned: boolean;
  /** What the card's destination wants for this severity; null for nothing. */
  reminder: Reminder | null;
  /** Since when the alert has been open and nobody's on this card. */
  since: Date;
}

export type ReminderDecision =
  | { kind: "remind"; minutes: number; nextAt: Date | null }
  | { kind: "stop"; why: "in hand" | "not wanted" };

const minuteMs = 60_000;

/** Those that were missed, while no node ran say, are one reminder; the next is a whole interval away. */
export function decideReminder(due: DueReminder, now: Date): ReminderDecision {
  const { status, assigned, reminder, since } = due;
  if (status !== "OPEN" || assigned) return { kind: "stop", why: "in hand" };
  if (!reminder) return { kind: "stop", why: "not wanted" };
  const passed = Math.floor((now.getTime() - since.getTime()) / minuteMs);
  const nextAt = reminder.repeat ? new Date(now.getTime() + reminder.afterMinutes * minuteMs) : null;
  return { kind: "remind", minutes: Math.max(1, passed), nextAt };
}
