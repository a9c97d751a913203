import { type Kysely, sql } from "kysely";
import type { Actor, Person, Via } from "../alert/alert.ts";
import type { HistoryEntry, HistoryEvent } from "../alert/history-event.ts";
import { isRefusal, type Refusal } from "../alert/refusal.ts";
import type { Database } from "../db/connect.ts";
import type { Tables } from "../db/tables/tables.ts";
import type { Transaction } from "../db/transaction.ts";
import { append } from "../history/append.ts";
import { findAlert, type VersionedAlert } from "../history/find-alerts.ts";
import { readEntry } from "../history/timeline.ts";
import { audit } from "../people/audit.ts";
import type { Principal } from "../people/principal.ts";
import { transactionAs } from "../people/transaction-as.ts";
import { type BulkChange, countInNotices } from "./bulk-notice.ts";
import { type AlertCommand, decideChange } from "./decide-change.ts";
import { setStatus } from "./set-status.ts";

interface ChangeRequest {
  alertId: string;
  command: AlertCommand;
  actor: Actor;
  via: Via;
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
      return { kind: "changed", alert: (await findAlert(tx, alertId)) ?? alert };
    default:
      return decision satisfies never;
  }
}

async function applyEvent(
  tx: Transaction,
  { alertId, command: _, ...by }: ChangeRequest,
  event: HistoryEvent,
): Promise<void> {
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
  by: Pick<Principal, "actor" | "via" | "ip">,
  { alertId, command, bulk }: { alertId: string; command: AlertCommand; bulk?: BulkChange },
): Promise<Changed | Refusal> {
  return transactionAs(db, by, "Manage Alerts", async (tx) => {
    const request = { alertId, command, actor: by.actor, via: by.via, ...(bulk && { bulkId: bulk.id }) };
    const result = await applyCommand(tx, request);
    if (!isRefusal(result) && result.kind === "changed") {
      if (bulk) await countInNotices(tx, bulk, alertId);
      const { status, assignee } = command;
      await audit(tx, by, {
        action: "alert.change",
        target: { type: "alert", id: alertId },
        data: { status, assignee: assignee === null ? null : assignee?.email },
      });
    }
    return result;
  });
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
