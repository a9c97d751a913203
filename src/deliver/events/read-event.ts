import { sql } from "kysely";
import type { HistoryEntry } from "../../alert/history-event.ts";
import type { Database } from "../../db/connect.ts";
import { findAlert, type VersionedAlert } from "../../history/find-alerts.ts";
import { timeline } from "../../history/timeline.ts";
import type { CurrentDestination } from "../send-elsewhere.ts";

interface CurrentWebhook extends CurrentDestination {
  /** The URL's host, shown to people in place of the URL. */
  host: string;
  /** Changes from this time on are sent; null if none are. */
  changesSince: Date | null;
}

/** An alert and its webhook as they are now, and the history entries that the webhook does not have. */
export interface EventData {
  webhook: CurrentWebhook;
  alert: VersionedAlert;
  /** None is newer than `alert`. */
  unsent: HistoryEntry[];
}

/** Reads everything that an event is built from. Throws if the alert or the webhook is gone. */
export async function readEventData(
  db: Database,
  { deliveryId, alertId }: { deliveryId: string; alertId: string },
): Promise<EventData> {
  const [{ toldSeq, url, ...webhook }, alert] = await Promise.all([
    readWebhook(db, deliveryId),
    findAlert(db.kysely, alertId),
  ]);
  if (!alert) throw new Error(`the alert ${alertId} of a delivery is gone`);
  const later = await timeline(db.kysely, { alertId, afterSeq: toldSeq });
  return {
    webhook: { ...webhook, host: new URL(url).host },
    alert,
    unsent: later.filter(({ seq }) => seq <= alert.historySeq),
  };
}

async function readWebhook({ kysely }: Database, deliveryId: string) {
  const { rows } = await sql<Omit<CurrentWebhook, "host"> & { url: string; toldSeq: number }>`
    select t.display_name as name, t.deleted_at is not null as deleted, t.enabled, t.line, w.url,
      w.changes_since as "changesSince", d.told_seq as "toldSeq"
    from deliveries d join destinations t on t.id = d.destination_id
      join webhooks w on w.destination_id = t.id
    where d.id = ${deliveryId}`.execute(kysely);
  const [found] = rows;
  if (!found) throw new Error(`the webhook of the delivery ${deliveryId} is gone`);
  return found;
}
