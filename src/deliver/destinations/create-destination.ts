import { v7 as uuidv7 } from "uuid";
import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import { requireConfirmation } from "../../connect/channels/check-channel.ts";
import { type ResolvedChannel, resolveChannel } from "../../connect/channels/place-channel.ts";
import type { SlackAccess } from "../../connect/slack-access.ts";
import type { Database } from "../../db/connect.ts";
import { refuseDuplicate } from "../../db/refuse-duplicate.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import { ensureLine } from "../../outbox/lines.ts";
import { auditAndNotify } from "../../people/audit.ts";
import type { Principal } from "../../people/principal.ts";
import { checkUrl, decideHeaders } from "../custom-webhook/settings.ts";
import { createWebhook, type WebhookSettings } from "../custom-webhook/store-webhook.ts";
import type { WebhookAccess } from "../custom-webhook/webhook-access.ts";
import { nameRefusal, nameTaken } from "./change-destination.ts";
import {
  type CardSettings,
  type Destination,
  type DestinationSettings,
  readDestinations,
} from "./read-destinations.ts";

interface NewSlackBot extends DestinationSettings, CardSettings {
  type: "slack-bot";
  /** A channel's ID, its name with or without `#`, or a link to it. */
  channel: string;
  /** The workspace; needed if the app is installed in several. */
  teamId?: string | undefined;
  /** Confirms a channel that is public or shared with another organisation. */
  confirmChannel: boolean;
  syncToSlack: boolean;
}

interface NewCustomWebhook extends DestinationSettings, WebhookSettings {
  type: "custom-webhook";
  url: string;
}

export type NewDestination = NewSlackBot | NewCustomWebhook;

export interface Created {
  destination: Destination;
  /** The generated signing secret, to be shown once; null if the caller gave one. */
  secret: string | null;
}

interface Parts {
  db: Database;
  slack: SlackAccess;
  webhooks: WebhookAccess;
}

/** Inserts a destination of one type after all checks have passed. */
type InsertDestination = (tx: Transaction, id: string) => Promise<{ secret: string | null }>;

/**
 * Creates a destination, which gets alerts from then on. They wait if the bot is not in the channel yet. Throws a
 * `SlackFault` while Slack can't be asked about the channel.
 */
export async function createDestination(
  parts: Parts,
  input: NewDestination,
  by: Principal,
): Promise<Created | Refusal> {
  const badName = nameRefusal(input.displayName);
  if (badName) return badName;
  const insert = await prepare(parts, input, by);
  if (isRefusal(insert)) return insert;
  const create = () =>
    transaction(parts.db, async (tx) => {
      const id = uuidv7();
      const inserted = await insert(tx, id);
      const target = { type: "destination", id };
      const data = { name: input.displayName, type: input.type };
      await auditAndNotify(tx, by, { what: "destinations", action: "destination.created", target, data });
      const [destination] = await readDestinations(tx, { id });
      if (!destination) throw new Error(`the destination ${id} is missing after its insert`);
      return { destination, ...inserted };
    });
  return refuseDuplicate("destinations_name", nameTaken(input.displayName), create);
}

function prepare(parts: Parts, input: NewDestination, by: Principal): Promise<InsertDestination | Refusal> {
  switch (input.type) {
    case "slack-bot":
      return prepareSlackBot(parts, input, by);
    case "custom-webhook":
      return prepareWebhook(parts, input);
    default:
      return input satisfies never;
  }
}

async function prepareSlackBot(
  parts: Parts,
  input: NewSlackBot,
  by: Principal,
): Promise<InsertDestination | Refusal> {
  const place = await resolveChannel(parts, input);
  if (isRefusal(place)) return place;
  const confirmation = { confirmed: input.confirmChannel, byPerson: by.userId !== null };
  return (
    requireConfirmation(place.channel, confirmation) ?? ((tx, id) => insertSlackBot(tx, id, { input, place }))
  );
}

async function insertSlackBot(
  tx: Transaction,
  id: string,
  { input, place: { installationId, channel } }: { input: NewSlackBot; place: ResolvedChannel },
): Promise<{ secret: null }> {
  const place = { installation_id: installationId, channel_id: channel.id, channel_name: channel.name };
  const cardSettings = {
    sync_to_slack: input.syncToSlack,
    mentions: JSON.stringify(input.mentions),
    reminders: JSON.stringify(input.reminders),
    link_buttons: JSON.stringify(input.linkButtons),
  };
  const row = { ...common(id, input), ...place, ...cardSettings };
  await tx.insertInto("destinations").values(row).execute();
  await ensureLine(tx, { installationId, channelId: channel.id, fault: channel.fault });
  return { secret: null };
}

async function prepareWebhook(
  { webhooks }: Parts,
  input: NewCustomWebhook,
): Promise<InsertDestination | Refusal> {
  const headers = decideHeaders(input.headers ?? {}, {});
  if (isRefusal(headers)) return headers;
  const url = await checkUrl(webhooks, input.url);
  if (isRefusal(url)) return url;
  return async (tx, id) => {
    await tx.insertInto("destinations").values(common(id, input)).execute();
    return createWebhook(tx, webhooks.vault, { id, input: { ...input, url, headers } });
  };
}

function common(id: string, input: NewDestination) {
  return {
    id,
    type: input.type,
    display_name: input.displayName,
    severities: input.severities,
    alert_types: input.alertTypes,
    log_types: input.logTypes,
    timezone: input.timezone,
  };
}
