import { isOpen, type Person, type Status } from "../alert/alert.ts";
import type { Disposition, GivenDisposition } from "../alert/disposition.ts";
import type { HistoryEvent } from "../alert/history-event.ts";
import type { VersionedAlert } from "../history/find-alerts.ts";
import type { ClosingRules } from "./closing-rules.ts";

/** A requested change of an alert; absent fields stay as they are. */
export interface AlertCommand {
  status?: Status;
  /** Null unassigns. */
  assignee?: Person | null;
  comment?: string;
  /** The version that the person saw. Without it, the last write wins. */
  version?: number;
  /** Why it is closed, for an alert that is closed or gets closed; null takes it away. */
  disposition?: Disposition | null;
  /** The number of the other alert, for the disposition DUPLICATE. */
  duplicateOf?: number;
  /** All tags, in their order. */
  tags?: string[];
}

export type ConflictField = "status" | "assignee" | "disposition";

export type ChangeDecision =
  | { kind: "change"; events: HistoryEvent[] }
  /** Somebody set the same field to another value after the command's version. */
  | { kind: "conflict"; field: ConflictField }
  /** The command lacks something, or asks for what can't be. */
  | { kind: "invalid"; field: "comment" | "disposition" | "duplicateOf" | "tags"; why: string };

type AlertState = Pick<
  VersionedAlert,
  | "number"
  | "status"
  | "disposition"
  | "duplicateOf"
  | "assignee"
  | "tags"
  | "statusVersion"
  | "assigneeVersion"
>;

/** The history events of a command, in order; none if it changes nothing. */
export function decideChange(alert: AlertState, command: AlertCommand, rules: ClosingRules): ChangeDecision {
  const { status = alert.status, assignee = alert.assignee, comment = null, version } = command;
  const newStatus = status !== alert.status;
  const newAssignee = assignee?.id !== alert.assignee?.id;
  const to = givenBy(command);
  const newDisposition = !newStatus && to !== undefined && !isSame(to, alert);
  const isLate = (fieldVersion: number) => version !== undefined && fieldVersion > version;
  if (newStatus && isLate(alert.statusVersion)) return { kind: "conflict", field: "status" };
  // Closing set it too, and later changes of the disposition count no version.
  if (newDisposition && isLate(alert.statusVersion)) return { kind: "conflict", field: "disposition" };
  if (newAssignee && isLate(alert.assigneeVersion)) return { kind: "conflict", field: "assignee" };
  const invalid = whatIsWrong(alert, command, rules);
  if (invalid) return { kind: "invalid", ...invalid };

  const events: HistoryEvent[] = [];
  if (newAssignee) events.push(assignment(alert.assignee, assignee));
  if (newStatus)
    events.push({
      kind: "status_changed",
      data: { from: alert.status, to: status, comment, ...(to?.disposition && to) },
    });
  if (newDisposition) {
    const { disposition, duplicateOf } = alert;
    events.push({ kind: "disposition_changed", data: { from: { disposition, duplicateOf }, to } });
  }
  if (comment && !newStatus) events.push({ kind: "commented", data: { text: comment } });
  return { kind: "change", events: [...events, ...retagging(alert.tags, command.tags)] };
}

type Wrong = Omit<Extract<ChangeDecision, { kind: "invalid" }>, "kind">;

const closeIt =
  "Only a closed alert has a disposition. Set the status to RESOLVED or CLOSED in the same change.";
const requiredDisposition = "A disposition is required. Please choose why the alert is closed.";
const requiredComment = "A comment is required. Please say what you found.";

function whatIsWrong(alert: AlertState, command: AlertCommand, rules: ClosingRules): Wrong | null {
  const { status = alert.status, comment, duplicateOf, tags } = command;
  const isClosed = !isOpen(status);
  const isClosing = isClosed && status !== alert.status;
  const to = givenBy(command);
  if (!isClosed && to?.disposition) return { field: "disposition", why: closeIt };
  if (to?.disposition === "DUPLICATE") {
    if (duplicateOf === undefined)
      return { field: "duplicateOf", why: "Enter the number of the other alert, for example 1042." };
    if (duplicateOf === alert.number)
      return {
        field: "duplicateOf",
        why: `This is #${duplicateOf} itself. Enter the number of the other alert.`,
      };
  } else if (duplicateOf !== undefined)
    return { field: "duplicateOf", why: "Only the disposition DUPLICATE has the number of another alert." };
  const takesAway = !isClosing && isClosed && to?.disposition === null && alert.disposition !== null;
  if (rules.dispositionRequired && (takesAway || (isClosing && !to?.disposition)))
    return { field: "disposition", why: requiredDisposition };
  if (rules.commentRequired && isClosing && !comment) return { field: "comment", why: requiredComment };
  return tags ? wrongTags(alert.tags, tags) : null;
}

/** Limits of the tags that people set. */
export const maxTags = 50;
export const maxTagLength = 100;

/** A source may have set more and longer tags than people may; those can stay. */
function wrongTags(before: string[], tags: string[]): Wrong | null {
  const added = tags.filter((tag) => !before.includes(tag));
  const long = added.find((tag) => tag.length > maxTagLength);
  if (long !== undefined)
    return {
      field: "tags",
      why: `A tag can have up to ${maxTagLength} characters; “${long.slice(0, 20)}…” has ${long.length}.`,
    };
  if (added.length > 0 && tags.length > maxTags)
    return { field: "tags", why: `An alert can have up to ${maxTags} tags; these are ${tags.length}.` };
  return null;
}

/** The disposition that a command asks for; undefined if it says nothing of it. */
function givenBy({ disposition, duplicateOf }: AlertCommand): GivenDisposition | undefined {
  return disposition === undefined ? undefined : { disposition, duplicateOf: duplicateOf ?? null };
}

function isSame(one: GivenDisposition, other: GivenDisposition): boolean {
  return one.disposition === other.disposition && one.duplicateOf === other.duplicateOf;
}

function assignment(from: Person | null, to: Person | null): HistoryEvent {
  return to ? { kind: "assigned", data: { to, from } } : { kind: "unassigned", data: { from } };
}

function retagging(before: string[], after: string[] = before): HistoryEvent[] {
  const added = after.filter((tag) => !before.includes(tag));
  const removed = before.filter((tag) => !after.includes(tag));
  return added.length + removed.length > 0 ? [{ kind: "tags_changed", data: { added, removed } }] : [];
}
