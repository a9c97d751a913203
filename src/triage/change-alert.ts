import { sql } from "kysely";
import type { Actor, Via } from "../alert/actor.ts";
import type { HistoryEntry, HistoryEvent } from "../alert/history-event.ts";
import type { Refusal } from "../alert/refusal.ts";
import { isOpen } from "../alert/status.ts";
import type { Transaction } from "../db/transaction.ts";
import { findAlert, type StandingAlert } from "../history/find-alerts.ts";
import { record } from "../history/append.ts";
import { tellStillOpen } from "./boomerang/tell-still-open.ts";
import { commentRequired } from "./comment-required.ts";
import { type AlertCommand, decideChange } from "./decide-change.ts";
import { lastOf } from "./last-of.ts";
import { endSuppressions } from "./suppression/end-suppressions.ts";

export interface ChangeRequest {
  alertId: string;
  command: AlertCommand;
  actor: Actor;
  via: Via;
  /** The bulk change that it is part of: threads don't tell it. */
  bulkId?: string;
}

export type Changed =
  | { kind: "changed" | "unchanged"; alert: StandingAlert }
  /** Somebody was faster; `first` is what they did. Nothing was changed. */
  | { kind: "conflict"; alert: StandingAlert; field: "status" | "assignee"; first: HistoryEntry | null };

/** Applies a command to an alert: one history entry per change, and the cards follow. */
export async function changeAlert(tx: Transaction, request: ChangeRequest): Promise<Changed | Refusal> {
  const { alertId, command } = request;
  await sql`select from alerts where id = ${alertId} for update`.execute(tx);
  const alert = await findAlert(tx, alertId);
  if (!alert) return { refused: "not_found", why: "There is no such alert." };
  const decision = decideChange(alert, command, await commentRequired(tx));
  switch (decision.kind) {
    case "comment-required":
      return { refused: "invalid", field: "comment", why: "Say what you found: a comment is required here." };
    case "conflict":
      return { ...decision, alert, first: await lastOf(tx, alertId, decision.field) };
    case "change":
      if (decision.events.length === 0) return { kind: "unchanged", alert };
      for (const event of decision.events) await apply(tx, request, event);
      return { kind: "changed", alert: (await findAlert(tx, alertId)) ?? alert };
    default:
      return decision satisfies never;
  }
}

async function apply(
  tx: Transaction,
  { alertId, command: _, ...by }: ChangeRequest,
  event: HistoryEvent,
): Promise<void> {
  if (event.kind === "status_changed") {
    await sql`
      update alerts set status = ${event.data.to}::alert_status, version = version + 1, status_version = version + 1,
        status_set = jsonb_build_object('by', ${JSON.stringify(by.actor)}::jsonb, 'via', ${by.via}::text, 'at', now(),
          'comment', ${event.data.comment}::text),
        touched = true, source_resolved = false,
        join_after_close_told = false
      where id = ${alertId}`.execute(tx);
  }
  if (event.kind === "assigned" || event.kind === "unassigned") {
    const assignee = event.kind === "assigned" ? event.data.to.id : null;
    await sql`
      update alerts set assignee_id = ${assignee}, version = version + 1, assignee_version = version + 1,
        touched = true
      where id = ${alertId}`.execute(tx);
  }
  await record(tx, { alertId, event, ...by });
  if (event.kind !== "status_changed") return;
  const { from, to } = event.data;
  if (!isOpen(to)) await tellStillOpen(tx, alertId);
  else if (!isOpen(from)) await endSuppressions(tx, { alertId }, { ...by, because: "reopened" });
}
