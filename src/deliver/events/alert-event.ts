import type { Actor, Alert, Severity, Status } from "../../alert/alert.ts";

/** A history entry that an event tells. */
export interface EventChange {
  kind: string;
  at: Date;
  actor: Actor;
  via: string;
  /** The entry as one sentence. */
  sentence: string;
  data: object;
}

/** What a destination is told about an alert. */
export interface AlertEvent {
  kind: "opened" | "changed" | "test";
  /** The same at each attempt of one event, so that receivers can drop duplicates. */
  id: string;
  deliveryId: string;
  /** Somebody asked for it with a re-send, so it may have been told before. */
  again: boolean;
  alert: Omit<Alert, "statusSet">;
  /** The severity that the alert was opened with. */
  openedAs: Severity;
  alertUrl: string;
  /** None in an opening. */
  changes: EventChange[];
}

/** The destination of an event, with its settings as they are now. */
export interface Target {
  id: string;
  name: string;
  timezone: string;
  /** What people see in place of the address. */
  place: string;
  settings: Record<string, unknown>;
  /** Encrypted values by name, in base64. */
  sealed: Record<string, string>;
}

/** The alerts of a digest, most severe first. */
export interface DigestPart {
  /** The same at each attempt. */
  id: string;
  alerts: { number: number; title: string; severity: Severity; status: Status; detection: string }[];
  /** The Console's list of alerts. */
  listUrl: string;
}
