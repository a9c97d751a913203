import type { HistoryEntry } from "../alert/history-event.ts";
import type { VersionedAlert } from "../history/find-alerts.ts";
import { commentText, sentence } from "../history/sentence.ts";
import type { DeliveryBody } from "../outbox/contract.ts";
import type { AlertBody, AlertRow, CommentBody, HistoryBody } from "./contract.ts";
import type { ListedAlert } from "./list-alerts.ts";

export function showRow(alert: ListedAlert): AlertRow {
  const { key: _, ...fields } = alert;
  return { ...fields, ...times(alert) };
}

export function showAlert(alert: VersionedAlert, deliveries: DeliveryBody[]): AlertBody {
  const { revision, historySeq, statusVersion, assigneeVersion, statusSet, ...fields } = alert;
  return { ...fields, ...times(alert), deliveries };
}

function times(
  alert: Pick<VersionedAlert, "createdAt" | "firstEventOccurredAt" | "lastReceivedEventAt" | "updatedAt">,
) {
  return {
    createdAt: alert.createdAt.toISOString(),
    firstEventOccurredAt: alert.firstEventOccurredAt.toISOString(),
    lastReceivedEventAt: alert.lastReceivedEventAt.toISOString(),
    updatedAt: alert.updatedAt.toISOString(),
  };
}

export function showEntry(entry: HistoryEntry): HistoryBody {
  const { id, at, actor, via, kind, data } = entry;
  return { id, at: at.toISOString(), actor, via, kind, sentence: sentence(entry, actor), data: { ...data } };
}

/** The comment in a history entry, by itself or with a change of status; null for an entry without one. */
export function showComment(alertId: string, entry: HistoryEntry): CommentBody | null {
  const body = commentIn(entry);
  if (!body) return null;
  return { id: entry.id, alertId, body, author: entry.actor, createdAt: entry.at.toISOString() };
}

function commentIn(entry: HistoryEntry): string | null {
  if (entry.kind === "commented") return commentText(entry.data);
  return entry.kind === "status_changed" ? entry.data.comment : null;
}
