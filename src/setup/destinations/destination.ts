import { type Kysely, sql } from "kysely";
import type { AlertType } from "../../alert/alert-type.ts";
import type { Refusal } from "../../alert/refusal.ts";
import type { Severity } from "../../alert/severity.ts";
import type { Tables } from "../../db/tables.ts";
import { type DestinationState, destinationState } from "./destination-state.ts";

/** What a destination takes, and how it shows it. */
export interface DestinationSettings {
  displayName: string;
  severities: Severity[];
  alertTypes: AlertType[];
  /** Empty: all. */
  logTypes: string[];
  /** An IANA name. */
  timezone: string;
  syncToSlack: boolean;
}

export interface Destination extends DestinationSettings {
  id: string;
  type: "slack-bot";
  channel: { id: string; name: string };
  teamId: string | null;
  installationId: string;
  state: DestinationState;
  /** Deliveries that are yet to come, those held included. */
  waiting: number;
  failed: number;
  lastDeliveredAt: Date | null;
  createdAt: Date;
}

export const noDestination: Refusal = { refused: "not_found", why: "There is no such destination." };

/** One destination, or a page of `limit` in the order of their making. */
export type Which = { id: string } | { after: string | null; limit: number };

/** Reads destinations that aren't deleted, with what waits and what failed there. */
export async function readDestinations(db: Kysely<Tables>, which: Which): Promise<Destination[]> {
  const rows = await destinationRows(db, which);
  return rows.map(({ channelId, channelName, enabled, installationFault, lineFault, ...row }) => ({
    ...row,
    channel: { id: channelId, name: channelName },
    state: destinationState({ enabled, installationFault, lineFault, channelName }),
  }));
}

function destinationRows(db: Kysely<Tables>, which: Which) {
  const living = db
    .selectFrom("destinations as d")
    .innerJoin("installations as i", "i.id", "d.installation_id")
    .leftJoin("lines as l", (on) =>
      on.onRef("l.installation_id", "=", "d.installation_id").onRef("l.channel_id", "=", "d.channel_id"),
    )
    .select(["d.id", "d.type", "display_name as displayName", "d.installation_id as installationId"])
    .select(["d.channel_id as channelId", "channel_name as channelName", "i.team_id as teamId"])
    .select(["severities", "alert_types as alertTypes", "log_types as logTypes", "timezone"])
    .select(["sync_to_slack as syncToSlack", "enabled", "d.created_at as createdAt"])
    .select(["i.fault as installationFault", "l.fault as lineFault"])
    .select([waiting.as("waiting"), failed.as("failed"), lastDeliveredAt.as("lastDeliveredAt")])
    .where("d.deleted_at", "is", null);
  if ("id" in which) return living.where("d.id", "=", which.id).execute();
  const page = which.after ? living.where("d.id", ">", which.after) : living;
  return page.orderBy("d.id").limit(which.limit).execute();
}

// Each is read off a partial index: the many deliveries that are done are never looked at.
const waiting = sql<number>`(
  (select count(*) from deliveries where line = l.key and destination_id = d.id
    and state in ('waiting', 'sending'))
  + (select count(*) from deliveries where destination_id = d.id and state = 'held'))`;
const failed = sql<number>`(
  select count(*) from deliveries where destination_id = d.id and state = 'failed')`;
const lastDeliveredAt = sql<Date | null>`(
  select last_attempt_at from deliveries where destination_id = d.id and state = 'sent'
  order by last_attempt_at desc limit 1)`;
