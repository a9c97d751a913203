import { type Kysely, sql } from "kysely";
import type { Escalation } from "../../alert/destination.ts";
import type { Refusal } from "../../alert/refusal.ts";
import type { Tables } from "../../db/tables/tables.ts";
import type { Destination, DestinationState, SlackPart } from "../destination-type.ts";
import { destinationType, destinationTypes } from "../destination-types.ts";

export const noDestination: Refusal = { refused: "not_found", why: "There is no such destination." };

/** One destination, or a page of `limit` by creation time. */
export type DestinationQuery = { id: string } | { after: string | null; limit: number };

/** Reads destinations that are not deleted, with the counts of their deliveries. */
export async function readDestinations(db: Kysely<Tables>, which: DestinationQuery): Promise<Destination[]> {
  return (await destinationRows(db, which)).map(readRow);
}

type Row = Awaited<ReturnType<typeof destinationRows>>[number];

function readRow({ slack, enabled, lineFault, ...row }: Row): Destination {
  const place = slack ? `#${slack.channelName}` : (row.place ?? row.displayName);
  // A fault of the installation hides that of the channel.
  const fault = slack?.installationFault ?? lineFault;
  const state = stateOf({ ...row, place, botName: slack?.botName ?? null, enabled, fault });
  return { ...row, place, slack: slack && withoutFault(slack), state };
}

interface Facts {
  type: string;
  place: string;
  botName: string | null;
  enabled: boolean;
  fault: string | null;
}

function stateOf({ type, place, botName, enabled, fault }: Facts): DestinationState {
  if (!enabled) return { kind: "disabled" };
  if (!fault) return { kind: "ok" };
  const { means, todo } = destinationType(type).remedy(fault, { place, botName });
  return { kind: "needs_attention", fault, remedy: `${means} ${todo}` };
}

function withoutFault({ installationFault: _, ...slack }: NonNullable<Row["slack"]>): SlackPart {
  return slack;
}

const slackParts = sql<(SlackPart & { installationFault: string | null }) | null>`
  case when i.id is not null then json_build_object(
  'channelId', d.channel_id, 'channelName', d.channel_name, 'teamId', i.team_id,
  'installationId', i.id, 'botName', i.bot_name, 'syncToSlack', d.sync_to_slack, 'mentions', d.mentions,
  'reminders', d.reminders, 'linkButtons', d.link_buttons, 'buttonsTestedAt',
  to_char(d.buttons_tested_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'installationFault', i.fault) end`;

/** A newer node may have created destinations of types that this one doesn't know. */
const knownTypes = destinationTypes.map(({ type }) => type);

function destinationRows(db: Kysely<Tables>, which: DestinationQuery) {
  const current = db
    .selectFrom("destinations as d")
    .leftJoin("installations as i", "i.id", "d.installation_id")
    .leftJoin("lines as l", "l.key", "d.line")
    .select(["d.id", "d.type", "display_name as displayName", "d.line", "enabled", "l.fault as lineFault"])
    .select(["severities", "alert_types as alertTypes", "log_types as logTypes", "timezone"])
    .select(escalationOf.as("escalation"))
    .select([slackParts.as("slack"), "d.place", "d.settings", "d.created_at as createdAt"])
    .select([waiting.as("waiting"), failed.as("failed"), lastDeliveredAt.as("lastDeliveredAt")])
    .select(oldestWaitingAt.as("oldestWaitingAt"))
    .where("d.deleted_at", "is", null)
    .where("d.type", "in", knownTypes);
  if ("id" in which) return current.where("d.id", "=", which.id).execute();
  const page = which.after ? current.where("d.id", ">", which.after) : current;
  return page.orderBy("d.id").limit(which.limit).execute();
}

const escalationOf = sql<Escalation | null>`
  case when d.escalate_to is not null
    then json_build_object('to', d.escalate_to, 'afterMinutes', d.escalate_after) end`;

// Each reads a partial index, so finished deliveries cost nothing.
const waiting = sql<number>`(
  (select count(*) from deliveries where line = d.line and destination_id = d.id
    and state in ('waiting', 'sending'))
  + (select count(*) from deliveries where destination_id = d.id and state = 'held'))`;
const oldestWaitingAt = sql<Date | null>`least(
  (select min(created_at) from deliveries where line = d.line and destination_id = d.id
    and state in ('waiting', 'sending')),
  (select min(created_at) from deliveries where destination_id = d.id and state = 'held'))`;
const failed = sql<number>`(
  select count(*) from deliveries where destination_id = d.id and state = 'failed')`;
const lastDeliveredAt = sql<Date | null>`(
  select last_attempt_at from deliveries where destination_id = d.id and state = 'sent'
  order by last_attempt_at desc limit 1)`;
