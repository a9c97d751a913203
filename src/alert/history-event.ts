import type { Actor, Person, Severity, Status, Via } from "./alert.ts";
import type { Answer } from "./boomerang.ts";
import type { GivenDisposition } from "./disposition.ts";

export interface NamedDestination {
  id: string;
  name: string;
}

/** Which rule chose the destinations (docs/behaviour.md#4-route). */
export type RouteReason =
  | "report"
  | "report_skips"
  | "detection"
  | "settings"
  | "system"
  | "same_fault"
  | "silenced"
  | "nothing_matches";

/** Where an alert was routed, and which requested destinations were not available. */
export interface RouteData {
  reason: RouteReason;
  destinations: NamedDestination[];
  /** Requested names that no destination has. */
  unknown: string[];
  /** Requested destinations that are deleted. */
  deleted: NamedDestination[];
  /** Destinations left out because they are broken by the fault that the alert reports. */
  sharing?: NamedDestination[];
  /** The silence that covers it. */
  silence?: NamedSilence;
}

/** A silence as the history names it. */
export interface NamedSilence {
  id: string;
  reason: string;
  /** Who created it. */
  by: string;
}

/** Alerts like this one are silenced, from now on: this alert is not. */
export interface SilenceCreatedData {
  silenceId: string;
  reason: string;
  /** What it covers, for people. */
  covers: string;
  minutes: number;
}

export interface SilenceLiftedData {
  silenceId: string;
  /** The silence is over, the severity rose beyond what it covers, or somebody lifted it for this alert. */
  because: "over" | "severity" | "asked";
}

export interface OpenedData {
  severity: Severity;
  /** The severity is the source's default: the word that Tocsin doesn't know, or null if there was none. */
  unknownSeverity?: string | null;
  route: RouteData;
}

export interface CommentData {
  text: string;
  /** Files attached in Slack. */
  files?: FileLink[];
  /** The card in whose thread it was written: that thread gets no reply about it. */
  thread?: { cardId: string };
  /**
   * Set after the author edited the comment (`text` is the newest version) or deleted it (`text` is empty).
   */
  now?: "edited" | "deleted";
}

/** Nobody acted at one destination for `minutes`, so the alert also went to another. */
export interface EscalatedData {
  from: NamedDestination;
  to: NamedDestination;
  minutes: number;
}

/** The Boomerang of an entry, and the card that it was asked from; null without a card. */
interface BoomerangRef {
  boomerangId: string;
  cardId: string | null;
}

/** Whom an outcome is to reach: `notify` is mentioned in the thread. */
interface Told {
  notify: Person | null;
  /** Nobody is to be notified, so those whom the destination mentions are. */
  orDestination?: true;
}

/** Suppressed repeats. `count` is the number of equal reports that came in one transaction. */
export interface SuppressedData {
  suppressionId: string;
  person: string;
  title: string;
  severity: Severity;
  count: number;
}

export interface SuppressionEndedData {
  suppressionId: string;
  person: string;
  because: "reopened" | "asked";
}

/** A report that joined an alert that a person had closed. */
export interface JoinedAfterCloseData {
  status: Status;
  /** What it says beyond times and counters that was not seen before; absent for a repeat. */
  differs?: Difference[];
}

/** Its own fields are the disposition of an alert that was closed; they are absent without one. */
export interface StatusChangedData extends Partial<GivenDisposition> {
  from: Status;
  to: Status;
  comment: string | null;
  /** The disposition until then, if there was one. */
  was?: GivenDisposition;
}

/** A value that an event has at a path such as `actor.email`. */
export interface Difference {
  path: string;
  value: string;
}

/** What can happen to an alert. The compiler lists every switch that a new kind must be added to. */
export type HistoryEvent =
  | { kind: "opened"; data: OpenedData }
  | { kind: "informational"; data: Record<string, never> }
  | { kind: "routed"; data: RouteData }
  | { kind: "severity_raised"; data: { from: Severity; to: Severity; unknownSeverity?: string | null } }
  | { kind: "joined_after_close"; data: JoinedAfterCloseData }
  | { kind: "source_says_over"; data: Record<string, never> }
  | { kind: "started_again"; data: Record<string, never> }
  | { kind: "status_changed"; data: StatusChangedData }
  /** Of an alert that stays closed. */
  | { kind: "disposition_changed"; data: { from: GivenDisposition; to: GivenDisposition } }
  | { kind: "tags_changed"; data: { added: string[]; removed: string[] } }
  | { kind: "assigned"; data: { to: Person; from: Person | null } }
  | { kind: "unassigned"; data: { from: Person | null } }
  | { kind: "commented"; data: CommentData }
  /** `of` is the `seq` of the original comment, whose data is updated too. */
  | { kind: "comment_edited"; data: CommentData & { of: number } }
  | { kind: "comment_deleted"; data: Pick<CommentData, "thread"> & { of: number } }
  | { kind: "announced"; data: { destination: NamedDestination; place: string; permalink: string | null } }
  | { kind: "digested"; data: { destination: NamedDestination; place: string; permalink: string | null } }
  | { kind: "not_delivered"; data: { destination: NamedDestination; why: string } }
  | { kind: "reminded"; data: { destination: NamedDestination; minutes: number } }
  | { kind: "escalated"; data: EscalatedData }
  | { kind: "boomerang_asked"; data: BoomerangRef & { to: string[]; question: string } }
  /** `notify` is mentioned in the thread: the assignee, otherwise the person who asked. */
  | { kind: "boomerang_answered"; data: BoomerangRef & Told & { answer: Answer; confirmedBy?: string } }
  | { kind: "boomerang_reminded"; data: BoomerangRef & { to: string[] } }
  | { kind: "boomerang_expired"; data: BoomerangRef & Told & { to: string[] } }
  | { kind: "boomerang_cancelled"; data: BoomerangRef & { to: string[] } }
  | { kind: "boomerang_unreachable"; data: BoomerangRef & Told & { to: string; why: string } }
  /** An automatic question waits until the person's quiet hours end. */
  | { kind: "boomerang_waits"; data: { to: string; until: string; timezone: string } }
  /** An automatic question was not sent. */
  | { kind: "boomerang_not_asked"; data: { why: string } }
  /** A "Yes" to an automatic question did not resolve the alert. */
  | { kind: "boomerang_not_resolved"; data: { why: string } }
  /** After a "No" or without an answer, the alert also went to another destination. */
  | { kind: "boomerang_sent_on"; data: { to: NamedDestination } }
  | { kind: "boomerang_still_open"; data: { to: string[] } }
  | { kind: "suppression_set"; data: { suppressionId: string; person: string; hours: number } }
  /** A repeat that opened no alert. */
  | { kind: "suppressed"; data: SuppressedData }
  | { kind: "suppression_ended"; data: SuppressionEndedData }
  | { kind: "silence_created"; data: SilenceCreatedData }
  /** Another silence covers it after the previous one is over. */
  | { kind: "silence_passed"; data: NamedSilence }
  | { kind: "silence_lifted"; data: SilenceLiftedData };

export type HistoryKind = HistoryEvent["kind"];

/** One history entry. `seq` counts from 1 within the alert. */
export type HistoryEntry = HistoryEvent & {
  id: string;
  seq: number;
  at: Date;
  actor: Actor;
  via: Via;
  /** Part of a bulk change. */
  inBulk: boolean;
};

/** A file in Slack. Tocsin stores only the link. */
export interface FileLink {
  name: string;
  url: string;
}
