import { type Kysely, sql } from "kysely";
import type { Person } from "../alert/alert.ts";
import type { HistoryEntry, HistoryEvent } from "../alert/history-event.ts";
import { isRefusal, type Refusal } from "../alert/refusal.ts";
import type { Database } from "../db/connect.ts";
import type { Tables } from "../db/tables/tables.ts";
import type { Transaction } from "../db/transaction.ts";
import { append } from "../history/append.ts";
import { findAlert, type VersionedAlert } from "../history/find-alerts.ts";
import { readEntry } from "../history/timeline.ts";
import { audit, type Doer } from "../people/audit-log/audit.ts";
import { changesBetween } from "../people/audit-log/changes.ts";
import { transactionAs } from "../people/transaction-as.ts";
import { type BulkChange, countInNotices } from "./bulk-notice.ts";
import { type AlertCommand, decideChange } from "./decide-change.ts";
import { setStatus } from "./set-status.ts";

interface ChangeRequest {
  alertId: string;
  command: AlertCommand;
  by: Doer;
  /** The bulk change that it is part of; it makes no replies. */
  bulkId?: string;
}

export type Changed =
  | { kind: "changed" | "unchanged"; alert: VersionedAlert }
  /** Somebody set the field first; `first` is the entry of that change. Nothing was changed. */
  | { kind: "conflict"; alert: VersionedAlert; field: "status" | "assignee"; first: HistoryEntry | null };

/** Applies a command to an alert in a transaction, with one history entry per change. */
async function applyCommand(tx: Transaction, request: ChangeRequest): Promise<Changed | Refusal> {
  const { alertId, command } = request;
  await sql`select from alerts where id = ${alertId} for update`.execute(tx);
  const alert = await findAlert(tx, alertId);
  if (!alert) return { refused: "not_found", why: "There is no such alert." };
  const decision = decideChange(alert, command, await commentRequired(tx));
  switch (decision.kind) {
    case "comment-required":
      return {
        refused: "invalid",
        field: "comment",
        why: "A comment is required. Please say what you found.",
      };
    case "conflict":
      return { ...decision, alert, first: await lastEntryFor(tx, alertId, decision.field) };
    case "change":
      if (decision.events.length === 0) return { kind: "unchanged", alert };
      for (const event of decision.events) await applyEvent(tx, request, event);
      await audit(tx, request.by, {
        action: "alert.change",
        target: { type: "alert", id: alertId },
        changes: changesBetween(auditedState(alert), auditedWish(command)),
      });
      return { kind: "changed", alert: (await findAlert(tx, alertId)) ?? alert };
    default:
      return decision satisfies never;
  }
}

async function applyEvent(
  tx: Transaction,
  { alertId, by: { actor, via }, bulkId }: ChangeRequest,
  event: HistoryEvent,
): Promise<void> {
  const by = { actor, via, ...(bulkId !== undefined && { bulkId }) };
  if (event.kind === "status_changed")
    return setStatus(tx, { alertId, ...event.data, ...by, because: "person" });
  if (event.kind === "assigned" || event.kind === "unassigned") {
    const assignee = event.kind === "assigned" ? event.data.to.id : null;
    await sql`
      update alerts set assignee_id = ${assignee}, version = version + 1, assignee_version = version + 1,
        touched = true
      where id = ${alertId}`.execute(tx);
  }
  await append(tx, { alertId, event, ...by });
}

/** Changes an alert for a person or a program, with its audit log entry, in one transaction. */
export function changeAlert(
  db: Database,
  by: Doer,
  { alertId, command, bulk }: { alertId: string; command: AlertCommand; bulk?: BulkChange },
): Promise<Changed | Refusal> {
  return transactionAs(db, by, "Manage Alerts", async (tx) => {
    const request = { alertId, command, by, ...(bulk && { bulkId: bulk.id }) };
    const result = await applyCommand(tx, request);
    if (bulk && !isRefusal(result) && result.kind === "changed") await countInNotices(tx, bulk, alertId);
    return result;
  });
}

function auditedState({ status, assignee }: VersionedAlert) {
  return { status, assignee: assignee?.email ?? null };
}

/** What a command wants, as the audit log keeps it: comments are in the history, which can erase them. */
export function auditedWish({ status, assignee, comment }: AlertCommand) {
  const email = assignee === undefined ? undefined : (assignee?.email ?? null);
  return { status, assignee: email, comment: comment === undefined ? undefined : "added" };
}

/** Reads the setting `commentRequired`: whether closing an alert needs a comment. */
export async function commentRequired(db: Kysely<Tables>): Promise<boolean> {
  const setting = await db
    .selectFrom("settings")
    .select("value")
    .where("name", "=", "comment_required")
    .executeTakeFirst();
  return setting?.value === true;
}

/** The enabled user with this id or email; otherwise a refusal that names it. */
export async function findAssignee(
  db: Database["kysely"] | Transaction,
  idOrEmail: string,
): Promise<Person | Refusal> {
  const { rows } = await sql<Person & { enabled: boolean }>`
    select id, email, name, enabled from users
    where id::text = ${idOrEmail.toLowerCase()} or lower(email) = ${idOrEmail.toLowerCase()}`.execute(db);
  const [user] = rows;
  if (!user) {
    return {
      refused: "invalid",
      field: "assignee",
      why: `No Tocsin user has the ID or email ${idOrEmail}.`,
    };
  }
  const { enabled, ...person } = user;
  if (!enabled) return { refused: "invalid", field: "assignee", why: `${user.name} is disabled in Tocsin.` };
  return person;
}

const entryKinds = {
  status: ["status_changed"] as const,
  assignee: ["assigned", "unassigned"] as const,
};

/** The entry that last set a field, shown to the person who was second. */
async function lastEntryFor(
  tx: Transaction,
  alertId: string,
  field: "status" | "assignee",
): Promise<HistoryEntry | null> {
  const row = await tx
    .selectFrom("history")
    .selectAll()
    .where("alert_id", "=", alertId)
    .where("kind", "in", [...entryKinds[field]])
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ? readEntry(row) : null;
}
