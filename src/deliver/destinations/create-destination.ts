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
import { makeWebhook, type WebhookSettings } from "../custom-webhook/store-webhook.ts";
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
  /** A channel's id, its name with or without `#`, or a link to it. */
  channel: string;
  /** The workspace, where the app is installed in several. */
  teamId?: string | undefined;
  /** That alerts may go there though it is public, or shared with another organisation. */
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
  /** A secret that was made, to be shown this once. */
  secret: string | null;
}

interface Parts {
  db: Database;
  slack: SlackAccess;
  webhooks: WebhookAccess;
}

/** What a type writes down for a destination, once all has been looked into. */
type Put = (tx: Transaction, id: string) => Promise<{ secret: string | null }>;

/**
 * Makes a destination, which takes alerts from then on. If the bot isn't in its channel yet, they wait, and
 * the destination says so. Throws a `SlackFault` while Slack can't be asked.
 */
export async function createDestination(
  parts: Parts,
  wish: NewDestination,
  by: Principal,
): Promise<Created | Refusal> {
  const badName = nameRefusal(wish.displayName);
  if (badName) return badName;
  const put = await prepare(parts, wish, by);
  if (isRefusal(put)) return put;
  const create = () =>
    transaction(parts.db, async (tx) => {
      const id = uuidv7();
      const made = await put(tx, id);
      const target = { type: "destination", id };
      const data = { name: wish.displayName, type: wish.type };
      await auditAndNotify(tx, by, { what: "destinations", action: "destination.created", target, data });
      const [destination] = await readDestinations(tx, { id });
      if (!destination) throw new Error(`the destination ${id} was inserted and isn't there`);
      return { destination, ...made };
    });
  return refuseDuplicate("destinations_name", nameTaken(wish.displayName), create);
}

function prepare(parts: Parts, wish: NewDestination, by: Principal): Promise<Put | Refusal> {
  switch (wish.type) {
    case "slack-bot":
      return prepareSlackBot(parts, wish, by);
    case "custom-webhook":
      return prepareWebhook(parts, wish);
    default:
      return wish satisfies never;
  }
}

async function prepareSlackBot(parts: Parts, wish: NewSlackBot, by: Principal): Promise<Put | Refusal> {
  const place = await resolveChannel(parts, wish);
  if (isRefusal(place)) return place;
  const said = { confirmed: wish.confirmChannel, byPerson: by.userId !== null };
  return requireConfirmation(place.channel, said) ?? ((tx, id) => insertSlackBot(tx, id, { wish, place }));
}

async function insertSlackBot(
  tx: Transaction,
  id: string,
  { wish, place: { installationId, channel } }: { wish: NewSlackBot; place: ResolvedChannel },
): Promise<{ secret: null }> {
  const place = { installation_id: installationId, channel_id: channel.id, channel_name: channel.name };
  const shown = {
    sync_to_slack: wish.syncToSlack,
    mentions: JSON.stringify(wish.mentions),
    reminders: JSON.stringify(wish.reminders),
    link_buttons: JSON.stringify(wish.linkButtons),
  };
  const row = { ...common(id, wish), ...place, ...shown };
  await tx.insertInto("destinations").values(row).execute();
  await ensureLine(tx, { installationId, channelId: channel.id, fault: channel.fault });
  return { secret: null };
}

async function prepareWebhook({ webhooks }: Parts, wish: NewCustomWebhook): Promise<Put | Refusal> {
  const headers = decideHeaders(wish.headers ?? {}, {});
  if (isRefusal(headers)) return headers;
  const url = await checkUrl(webhooks, wish.url);
  if (isRefusal(url)) return url;
  return async (tx, id) => {
    await tx.insertInto("destinations").values(common(id, wish)).execute();
    return makeWebhook(tx, webhooks.vault, { id, wish: { ...wish, url, headers } });
  };
}

function common(id: string, wish: NewDestination) {
  return {
    id,
    type: wish.type,
    display_name: wish.displayName,
    severities: wish.severities,
    alert_types: wish.alertTypes,
    log_types: wish.logTypes,
    timezone: wish.timezone,
  };
}
