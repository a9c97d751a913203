import type { HistoryEntry } from "../../alert/history-event.ts";
import type { AlertEvent, DigestPart, Target } from "./alert-event.ts";

/** How the events of a destination type go out. */
export interface EventWork {
  type: string;
  /**
   * `each-change`: each change is an event of its own, with the alert as it was then. `current-state`: changes that
   * wait become one event, with the alert as it is, and an alert that is closed before it is announced is announced
   * once.
   */
  follows: "each-change" | "current-state";
  /** Whether a change is told. */
  tells(entry: HistoryEntry): boolean;
  /** Sends at most one event per second to a destination, as to a Slack channel. */
  paced: boolean;
  /** Sends an event. Throws an `EventFault` unless it was accepted. */
  send(target: Target, event: AlertEvent): Promise<void>;
  /** Sends one message for the alerts that wait in a storm; null if each gets its own. */
  sendDigest: ((target: Target, part: DigestPart) => Promise<void>) | null;
}
