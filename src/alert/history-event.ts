import type { Actor, Person, Severity, Status, Via } from "./alert.ts";
import type { Answer } from "./boomerang.ts";

export interface NamedDestination {
  id: string;
  name: string;
}

/** Why an alert went where it went (spec section 4). */
export type RouteReason =
  | "report"
  | "report_skips"
  | "detection"
  | "settings"
  | "system"
  | "same_fault"
  | "nothing_matches";

/** Where an alert goes, and what of the wish could not be met. */
export interface RouteTold {
  reason: RouteReason;
  destinations: NamedDestination[];
  /** Names that no destination has. */
  unknown: string[];
  /** Destinations that were chosen and are deleted. */
  deleted: NamedDestination[];
  /** Destinations that would take it and are broken by the very thing that it tells of. */
  sharing?: NamedDestination[];
}

/** What somebody wrote about an alert. */
export interface CommentTold {
  text: string;
  /** What was put beside it, in Slack. */
  files?: FileLink[];
  /** The card in whose thread it was written, which needn't be told of it. */
  thread?: { cardId: string };
  /** The text is the newest one, or is gone, since its author changed or deleted it. */
  now?: "edited" | "deleted";
}

/** Which question an entry tells of, and in which card's thread: none where it was asked without a card. */
interface AskedFrom {
  boomerangId: string;
  cardId: string | null;
}

/** What was swallowed after somebody's Yes. `count` is how many reports that said the same came together. */
export interface SuppressedTold {
  suppressionId: string;
  person: string;
  title: string;
  severity: Severity;
  count: number;
}

/** What can happen to an alert. A new kind makes the compiler list every sentence that must now say it. */
export type HistoryEvent =
  | { kind: "opened"; data: { severity: Severity; route: RouteTold } }
  | { kind: "informational"; data: Record<string, never> }
  | { kind: "routed"; data: RouteTold }
  | { kind: "severity_raised"; data: { from: Severity; to: Severity } }
  | { kind: "joined_after_close"; data: { status: Status } }
  | { kind: "source_says_over"; data: Record<string, never> }
  | { kind: "status_changed"; data: { from: Status; to: Status; comment: string | null } }
  | { kind: "assigned"; data: { to: Person; from: Person | null } }
  | { kind: "unassigned"; data: { from: Person | null } }
  | { kind: "commented"; data: CommentTold }
  /** `of` is the entry of the comment, which says the same from then on. */
  | { kind: "comment_edited"; data: CommentTold & { of: number } }
  | { kind: "comment_deleted"; data: Pick<CommentTold, "thread"> & { of: number } }
  | { kind: "announced"; data: { destination: NamedDestination; place: string; permalink: string | null } }
  | { kind: "digested"; data: { destination: NamedDestination; place: string; permalink: string | null } }
  | { kind: "not_delivered"; data: { destination: NamedDestination; why: string } }
  | { kind: "reminded"; data: { destination: NamedDestination; minutes: number } }
  | { kind: "boomerang_asked"; data: AskedFrom & { to: string[]; question: string } }
  /** `notify` is who has to hear of it at once: the assignee, or whoever asked. */
  | { kind: "boomerang_answered"; data: AskedFrom & { answer: Answer; notify: Person | null } }
  | { kind: "boomerang_reminded"; data: AskedFrom & { to: string[] } }
  | { kind: "boomerang_expired"; data: AskedFrom & { to: string[]; notify: Person | null } }
  | { kind: "boomerang_cancelled"; data: AskedFrom & { to: string[] } }
  | { kind: "boomerang_unreachable"; data: AskedFrom & { to: string; why: string; notify: Person | null } }
  | { kind: "boomerang_still_open"; data: { to: string[] } }
  | { kind: "suppression_set"; data: { suppressionId: string; person: string; hours: number } }
  /** A repeat that opened no alert. */
  | { kind: "suppressed"; data: SuppressedTold }
  | {
      kind: "suppression_ended";
      data: { suppressionId: string; person: string; because: "reopened" | "asked" };
    };

export type HistoryKind = HistoryEvent["kind"];

/** One entry of an alert's history. `seq` counts from 1 within the alert. */
export type HistoryEntry = HistoryEvent & {
  id: string;
  seq: number;
  at: Date;
  actor: Actor;
  via: Via;
  /** Part of a change of many alerts. */
  inBulk: boolean;
};

/** A file that stands in Slack: Tocsin keeps where, never what is in it. */
export interface FileLink {
  name: string;
  url: string;
}
