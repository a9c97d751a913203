import { type Kysely, sql } from "kysely";
import type { AlertType, Severity } from "../../alert/alert.ts";
import type { LinkButton, Mentions, Reminders } from "../../alert/destination.ts";
import type { Refusal } from "../../alert/refusal.ts";
import type { Tables } from "../../db/tables/tables.ts";
import { webhookState } from "../custom-webhook/settings.ts";
import { type DestinationState, destinationState } from "./destination-state.ts";

/** The filters and the timezone of a destination. */
export interface DestinationSettings {
  displayName: string;
  severities: Severity[];
  alertTypes: AlertType[];
  /** Empty for all. */
  logTypes: string[];
  /** An IANA time zone. */
  timezone: string;
}

interface DestinationBase extends DestinationSettings {
  id: string;
  /** The key of the line in which its deliveries wait. */
  line: string;
  state: DestinationState;
  /** How many deliveries wait, are being sent or are held. */
  waiting: number;
  failed: number;
  /** When the oldest of the waiting deliveries was created. */
  oldestWaitingAt: Date | null;
  lastDeliveredAt: Date | null;
  createdAt: Date;
}

/** A Slack Bot's settings for its cards and threads. */
export interface CardSettings {
  mentions: Mentions;
  reminders: Reminders;
  linkButtons: LinkButton[];
}

export interface SlackBotDestination extends DestinationBase, CardSettings {
  type: "slack-bot";
  channel: { id: string; name: string };
  teamId: string | null;
  installationId: string;
  /** The bot's name in Slack; null until Slack has said it. */
  botName: string | null;
  syncToSlack: boolean;
}

export interface CustomWebhookDestination extends DestinationBase {
  type: "custom-webhook";
  url: string;
  headerNames: string[];
  changes: boolean;
}

export type Destination = SlackBotDestination | CustomWebhookDestination;

export const noDestination: Refusal = { refused: "not_found", why: "There is no such destination." };

/** One destination, or a page of `limit` by creation time. */
export type DestinationQuery = { id: string } | { after: string | null; limit: number };

/** Reads destinations that are not deleted, with the counts of their deliveries. */
export async function readDestinations(db: Kysely<Tables>, which: DestinationQuery): Promise<Destination[]> {
  return (await destinationRows(db, which)).map(readRow);
}

type Row = Awaited<ReturnType<typeof destinationRows>>[number];

function readRow({ slack, webhook, enabled, lineFault, ...row }: Row): Destination {
  switch (row.type) {
    case "slack-bot": {
      if (!slack) throw new Error(`the Slack Bot destination ${row.id} has no channel`);
      const { channelId, channelName, installationFault, ...settings } = slack;
      const { botName } = slack;
      const state = destinationState({ enabled, installationFault, lineFault, channelName, botName });
      return { ...row, type: row.type, ...settings, channel: { id: channelId, name: channelName }, state };
    }
    case "custom-webhook": {
      if (!webhook) throw new Error(`the Custom Webhook destination ${row.id} has no address`);
      const state = webhookState({ enabled, lineFault, url: webhook.url });
      return { ...row, type: row.type, ...webhook, state };
    }
    default:
      return row.type satisfies never;
  }
}

interface SlackParts
  extends CardSettings,
    Pick<SlackBotDestination, "teamId" | "installationId" | "botName" | "syncToSlack"> {
  channelId: string;
  channelName: string;
  installationFault: string | null;
}

type WebhookParts = Pick<CustomWebhookDestination, "url" | "headerNames" | "changes">;

const slackParts = sql<SlackParts | null>`case when i.id is not null then json_build_object(
  'channelId', d.channel_id, 'channelName', d.channel_name, 'teamId', i.team_id,
  'installationId', i.id, 'botName', i.bot_name, 'syncToSlack', d.sync_to_slack, 'mentions', d.mentions,
  'reminders', d.reminders, 'linkButtons', d.link_buttons, 'installationFault', i.fault) end`;
const webhookParts = sql<WebhookParts | null>`case when w.url is not null then json_build_object(
  'url', w.url, 'headerNames', w.header_names, 'changes', w.changes_since is not null) end`;

function destinationRows(db: Kysely<Tables>, which: DestinationQuery) {
  const current = db
    .selectFrom("destinations as d")
    .leftJoin("installations as i", "i.id", "d.installation_id")
    .leftJoin("webhooks as w", "w.destination_id", "d.id")
    .leftJoin("lines as l", "l.key", "d.line")
    .select(["d.id", "d.type", "display_name as displayName", "d.line", "enabled", "l.fault as lineFault"])
    .select(["severities", "alert_types as alertTypes", "log_types as logTypes", "timezone"])
    .select([slackParts.as("slack"), webhookParts.as("webhook"), "d.created_at as createdAt"])
    .select([waiting.as("waiting"), failed.as("failed"), lastDeliveredAt.as("lastDeliveredAt")])
    .select(oldestWaitingAt.as("oldestWaitingAt"))
    .where("d.deleted_at", "is", null);
  if ("id" in which) return current.where("d.id", "=", which.id).execute();
  const page = which.after ? current.where("d.id", ">", which.after) : current;
  return page.orderBy("d.id").limit(which.limit).execute();
}

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
