import type { Severity } from "./alert.ts";

export const deliveryStates = [
  "waiting",
  "held",
  "sending",
  "sent",
  "digested",
  "failed",
  "not_delivered",
] as const;
/** The state of one alert at one destination (docs/behaviour.md#5-deliver). */
export type DeliveryState = (typeof deliveryStates)[number];

export const deliveryStateLabels: Record<DeliveryState, string> = {
  waiting: "Waiting",
  held: "Held",
  sending: "Sending",
  sent: "Sent",
  digested: "In a digest",
  failed: "Failed",
  not_delivered: "Not delivered",
};

/**
 * What can break: for a destination the app in its installation, or its own line; for the audit log a receiver that it is
 * sent to.
 */
export type FaultCause = `app:${string}` | `line:${string}` | `audit:${string}`;

/** Everything a destination depends on. Destinations that share a cause break together. */
export function faultCauses(destination: { installationId: string | null; line: string }): FaultCause[] {
  const { installationId, line } = destination;
  return [`line:${line}`, ...(installationId === null ? [] : [`app:${installationId}` as const])];
}

/** A button that a destination adds to its cards. `url` contains alert fields in braces. */
export interface LinkButton {
  label: string;
  url: string;
}

/** Whom a new card mentions: `@here`, or a user group. `name` is only for display. */
export type Mention = { kind: "here" } | { kind: "group"; id: string; name: string };

/** By severity; a missing severity mentions nobody. */
export type Mentions = { [S in Severity]?: Mention | undefined };

/**
 * After how many minutes a thread reminds of an open and unassigned alert, and whether it does so repeatedly.
 */
export interface Reminder {
  afterMinutes: number;
  repeat: boolean;
}

/** After how many minutes without an action alerts also go to another destination. */
export interface Escalation {
  /** The id of the other destination. */
  to: string;
  /** Minutes by severity; alerts of a missing severity are not escalated. */
  afterMinutes: { [S in Severity]?: number | undefined };
}

/** By severity; a missing severity has no reminder. */
export type Reminders = { [S in Severity]?: Reminder | undefined };
