import { isOpen, type Person, type Status } from "../alert/alert.ts";
import type { HistoryEvent } from "../alert/history-event.ts";
import type { VersionedAlert } from "../history/find-alerts.ts";

/** A requested change of an alert; absent fields stay as they are. */
export interface AlertCommand {
  status?: Status;
  /** Null unassigns. */
  assignee?: Person | null;
  comment?: string;
  /** The version that the person saw. Without it, the last write wins. */
  version?: number;
}

export type ChangeDecision =
  | { kind: "change"; events: HistoryEvent[] }
  /** Somebody set the same field to another value after the command's version. */
  | { kind: "conflict"; field: "status" | "assignee" }
  | { kind: "comment-required" };

type AlertState = Pick<VersionedAlert, "status" | "assignee" | "statusVersion" | "assigneeVersion">;

/** The history events of a command, in order; none if it changes nothing. */
export function decideChange(
  alert: AlertState,
  command: AlertCommand,
  commentRequired: boolean,
): ChangeDecision {
  const { status = alert.status, assignee = alert.assignee, comment = null, version } = command;
  const newStatus = status !== alert.status;
  const newAssignee = assignee?.id !== alert.assignee?.id;
  if (newStatus && version !== undefined && alert.statusVersion > version)
    return { kind: "conflict", field: "status" };
  if (newAssignee && version !== undefined && alert.assigneeVersion > version) {
    return { kind: "conflict", field: "assignee" };
  }
  if (newStatus && commentRequired && !isOpen(status) && !comment) return { kind: "comment-required" };
  const events: HistoryEvent[] = [];
  if (newAssignee) events.push(assignment(alert.assignee, assignee));
  if (newStatus) events.push({ kind: "status_changed", data: { from: alert.status, to: status, comment } });
  else if (comment) events.push({ kind: "commented", data: { text: comment } });
  return { kind: "change", events };
}

function assignment(from: Person | null, to: Person | null): HistoryEvent {
  return to ? { kind: "assigned", data: { to, from } } : { kind: "unassigned", data: { from } };
}
