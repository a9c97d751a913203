import { sql } from "kysely";
import { isOpen, type Person } from "../alert/alert.ts";
import type { HistoryEntry, HistoryEvent } from "../alert/history-event.ts";
import { isRefusal, type Refusal } from "../alert/refusal.ts";
import type { Database } from "../db/connect.ts";
import type { Transaction } from "../db/transaction.ts";
import { append } from "../history/append.ts";
import { findAlert, type VersionedAlert } from "../history/find-alerts.ts";
import { readEntry } from "../history/timeline.ts";
import type { Meter } from "../outbox/meter.ts";
import { audit, type Doer } from "../people/audit-log/audit.ts";
import { changesBetween } from "../people/audit-log/changes.ts";
import { transactionAs } from "../people/transaction-as.ts";
import { type BulkChange, countInNotices } from "./bulk-notice.ts";
import { closingRules } from "./closing-rules.ts";
import { type AlertCommand, type ConflictField, decideChange } from "./decide-change.ts";
import { setStatus } from "./set-status.ts";

interface ChangeRequest {
  alertId: string;
  command: AlertCommand;
  by: Doer;
  /** The bulk change that it is part of; it makes no replies. */
  bulkId?: string;
}

export type Changed =
  | { kind: "changed" | "unchanged"; alert: VersionedAlert; closed: boolean }
  /** Somebody set the field first; `first` is the entry of that change. Nothing was changed. */
  | { kind: "conflict"; alert: VersionedAlert; field: ConflictField; first: HistoryEntry | null };

/** Applies a command to an alert in a transaction, with one history entry per change. */
async function applyCommand(tx: Transaction, request: ChangeRequest): Promise<Changed | Refusal> {
  const { alertId, command } = request;
  await sql`select from alerts where id = ${alertId} for update`.execute(tx);
  const alert = await findAlert(tx, alertId);
  if (!alert) return { refused: "not_found", why: "There is no such alert." };
  const unknown = await unknownOther(tx, command);
  if (unknown) return unknown;
  const decision = decideChange(alert, command, await closingRules(tx));
  switch (decision.kind) {
    case "invalid":
      return { refused: "invalid", field: decision.field, why: decision.why };
    case "conflict":
      return { ...decision, alert, first: await lastEntryFor(tx, alertId, decision.field) };
    case "change":
      if (decision.events.length === 0) return { kind: "unchanged", alert, closed: false };
      for (const event of decision.events) await applyEvent(tx, request, event);
      await audit(tx, request.by, {
        action: "alert.change",
        target: { type: "alert", id: alertId },
        changes: changesBetween(auditedState(alert), auditedWish(command)),
      });
      return {
        kind: "changed",
        alert: (await findAlert(tx, alertId)) ?? alert,
        closed: decision.events.some(({ kind, data }) => kind === "status_changed" && !isOpen(data.to)),
      };
    default:
      return decision satisfies never;
  }
}

/** The refusal of a command that names another alert which does not exist. */
async function unknownOther(tx: Transaction, { duplicateOf }: AlertCommand): Promise<Refusal | null> {
  if (duplicateOf === undefined) return null;
  const other = await tx
    .selectFrom("alerts")
    .select("id")
    .where("number", "=", duplicateOf)
    .executeTakeFirst();
  return other
    ? null
    : { refused: "invalid", field: "duplicateOf", why: `There is no alert #${duplicateOf}.` };
}

async function applyEvent(
  tx: Transaction,
  { alertId, command, by: { actor, via }, bulkId }: ChangeRequest,
  event: HistoryEvent,
): Promise<void> {
  const by = { actor, via, ...(bulkId !== undefined && { bulkId }) };
  if (event.kind === "status_changed") {
    const { from, to, comment, disposition = null, duplicateOf = null } = event.data;
    const given = { disposition, duplicateOf };
    return setStatus(tx, { alertId, from, to, comment, given, ...by, because: "person" });
  }
  if (event.kind === "assigned" || event.kind === "unassigned") {
    const assignee = event.kind === "assigned" ? event.data.to.id : null;
    await sql`
      update alerts set assignee_id = ${assignee}, version = version + 1, assignee_version = version + 1,
        touched = true
      where id = ${alertId}`.execute(tx);
  }
  if (event.kind === "disposition_changed") {
    const { disposition, duplicateOf } = event.data.to;
    await sql`
      update alerts set disposition = ${disposition}::disposition, duplicate_of = ${duplicateOf}, touched = true
      where id = ${alertId}`.execute(tx);
  }
  if (event.kind === "tags_changed")
    await sql`update alerts set tags = ${command.tags ?? []}::text[], touched = true where id = ${alertId}`.execute(
      tx,
    );
  await append(tx, { alertId, event, ...by });
}

/** Changes an alert for a person or a program, with its audit log entry, in one transaction. */
export async function changeAlert(
  { db, meter }: { db: Database; meter: Meter },
  by: Doer,
  { alertId, command, bulk }: { alertId: string; command: AlertCommand; bulk?: BulkChange },
): Promise<Changed | Refusal> {
  const changed = await transactionAs(db, by, "Manage Alerts", async (tx) => {
    const request = { alertId, command, by, ...(bulk && { bulkId: bulk.id }) };
    const result = await applyCommand(tx, request);
    if (bulk && !isRefusal(result) && result.kind === "changed") await countInNotices(tx, bulk, alertId);
    return result;
  });
  if (!isRefusal(changed) && changed.kind === "changed" && changed.closed)
    meter.closed(changed.alert.disposition);
  return changed;
}

function auditedState({ status, assignee, disposition, duplicateOf, tags }: VersionedAlert) {
  return { status, assignee: assignee?.email ?? null, disposition, duplicateOf, tags };
}

/** What a command wants, as the audit log keeps it: comments are in the history, which can erase them. */
export function auditedWish({ assignee, comment, version: _, ...rest }: AlertCommand) {
  const email = assignee === undefined ? undefined : (assignee?.email ?? null);
  return { ...rest, assignee: email, comment: comment === undefined ? undefined : "added" };
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
  disposition: ["status_changed", "disposition_changed"] as const,
};

/** The entry that last set a field, shown to the person who was second. */
async function lastEntryFor(
  tx: Transaction,
  alertId: string,
  field: ConflictField,
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
