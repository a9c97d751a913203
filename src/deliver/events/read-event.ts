import { sql } from "kysely";
import type { Severity } from "../../alert/alert.ts";
import type { HistoryEntry } from "../../alert/history-event.ts";
import type { Database } from "../../db/connect.ts";
import { findAlert, type VersionedAlert } from "../../history/find-alerts.ts";
import { timeline } from "../../history/timeline.ts";
import type { CurrentDestination } from "../send-elsewhere.ts";
import type { Target } from "./alert-event.ts";

/** The destination of a delivery as it is now. */
export interface CurrentTarget extends CurrentDestination, Target {
  /** Changes from this time on are sent; null if none are. */
  changesSince: Date | null;
}

/** An alert and its destination as they are now, and the history entries that the destination does not have. */
export interface EventData {
  target: CurrentTarget;
  alert: VersionedAlert;
  openedAs: Severity;
  /** None is newer than `alert`. */
  unsent: HistoryEntry[];
}

/** Reads everything that an event is built from. Throws if the alert or the destination is gone. */
export async function readEventData(
  db: Database,
  { deliveryId, alertId }: { deliveryId: string; alertId: string },
): Promise<EventData> {
  const [{ toldSeq, openedAs, ...target }, alert] = await Promise.all([
    readDestination(db, deliveryId),
    findAlert(db.kysely, alertId),
  ]);
  if (!alert) throw new Error(`the alert ${alertId} of a delivery is gone`);
  const later = await timeline(db.kysely, { alertId, afterSeq: toldSeq });
  return {
    target,
    alert,
    openedAs: openedAs ?? alert.severity,
    unsent: later.filter(({ seq }) => seq <= alert.historySeq),
  };
}

const targetColumns = sql`
  t.id, t.display_name as name, t.timezone, coalesce(t.place, t.display_name) as place, t.settings, t.sealed`;

async function readDestination({ kysely }: Database, deliveryId: string) {
  const { rows } = await sql<CurrentTarget & { toldSeq: number; openedAs: Severity | null }>`
    select ${targetColumns}, t.deleted_at is not null as deleted, t.enabled, t.line,
      t.changes_since as "changesSince", d.told_seq as "toldSeq",
      (select data ->> 'severity' from history where alert_id = d.alert_id and seq = 1) as "openedAs"
    from deliveries d join destinations t on t.id = d.destination_id
    where d.id = ${deliveryId}`.execute(kysely);
  const [found] = rows;
  if (!found) throw new Error(`the destination of the delivery ${deliveryId} is gone`);
  return found;
}

/** A destination with its settings as they are now. */
export async function readTarget({ kysely }: Database, destinationId: string): Promise<Target> {
  const { rows } = await sql<Target>`
    select ${targetColumns} from destinations t where t.id = ${destinationId}`.execute(kysely);
  const [found] = rows;
  if (!found) throw new Error(`the destination ${destinationId} is gone`);
  return found;
}
