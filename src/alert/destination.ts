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
/** Where one alert stands at one destination. */
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

/** The types of destinations; each is a folder in `deliver/`. */
export const destinationTypes = ["slack-bot", "custom-webhook"] as const;
export type DestinationType = (typeof destinationTypes)[number];

/** What can break for a destination: the app where it is installed, or the line to its own place. */
export type FaultCause = `app:${string}` | `line:${string}`;

/** All that must work for a destination to get alerts. Two destinations that share one break together. */
export function faultCauses(destination: { installationId: string | null; line: string }): FaultCause[] {
  const { installationId, line } = destination;
  return [`line:${line}`, ...(installationId === null ? [] : [`app:${installationId}` as const])];
}

/** A button that a destination adds to its cards. Its address names fields of the alert in braces. */
export interface LinkButton {
  label: string;
  url: string;
}

/** Whom a new card calls: everybody active in the channel, or a user group, whose name is for people to read. */
export type Mention = { kind: "here" } | { kind: "group"; id: string; name: string };

/** By severity; nobody is called where nothing stands. */
export type Mentions = { [S in Severity]?: Mention | undefined };

/** After how long a thread says that an alert is still open and nobody's, and whether it goes on saying so. */
export interface Reminder {
  afterMinutes: number;
  repeat: boolean;
}

/** By severity; there is no reminder where nothing stands. */
export type Reminders = { [S in Severity]?: Reminder | undefined };
