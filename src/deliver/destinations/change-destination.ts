import { sql } from "kysely";
import { type DestinationType, destinationTypes } from "../../alert/destination.ts";
import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import { requireConfirmation } from "../../connect/channels/check-channel.ts";
import { type ResolvedChannel, resolveChannel } from "../../connect/channels/place-channel.ts";
import type { SlackAccess } from "../../connect/slack-access.ts";
import type { Database } from "../../db/connect.ts";
import { refuseDuplicate } from "../../db/refuse-duplicate.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import { hold, move, release } from "../../outbox/deliveries.ts";
import { ensureLine } from "../../outbox/lines.ts";
import { auditAndNotify } from "../../people/audit.ts";
import type { Principal } from "../../people/principal.ts";
import { checkUrl } from "../custom-webhook/settings.ts";
import { changeWebhook, type WebhookSettings } from "../custom-webhook/store-webhook.ts";
import type { WebhookAccess } from "../custom-webhook/webhook-access.ts";
import {
  type CardSettings,
  type Destination,
  type DestinationSettings,
  noDestination,
  readDestinations,
} from "./read-destinations.ts";

/** A change of a destination; absent fields stay as they are. */
type DestinationChange = Partial<DestinationSettings & CardSettings> & {
  channel?: string;
  /** Confirms a channel that is public or shared with another organisation. */
  confirmChannel?: boolean;
  syncToSlack?: boolean;
  enabled?: boolean;
} & WebhookSettings;

interface Parts {
  db: Database;
  slack: SlackAccess;
  webhooks: WebhookAccess;
}

/**
 * Changes a destination (docs/behaviour.md#4-route). Waiting deliveries move to a new channel; disabling holds
 * them and enabling releases them. Throws a `SlackFault` while Slack can't be asked about a new channel.
 */
export async function changeDestination(
  parts: Parts,
  { id, change }: { id: string; change: DestinationChange },
  by: Principal,
): Promise<Destination | Refusal> {
  const { displayName = "" } = change;
  const badName = nameRefusal(displayName);
  if (badName) return badName;
  const [before] = await readDestinations(parts.db.kysely, { id });
  if (!before) return noDestination;
  const foreign = refuseForeignFields(before.type, change);
  if (foreign) return foreign;
  const place = await checkNewChannel(parts, before, { ...change, by });
  if (isRefusal(place)) return place;
  const url = change.url === undefined ? undefined : await checkUrl(parts.webhooks, change.url);
  if (isRefusal(url)) return url;
  const act = () =>
    transaction(parts.db, async (tx) => {
      if (before.type === "custom-webhook") {
        const { headers, secret, changes } = change;
        const wanted = { id, change: { url, headers, secret, changes } };
        const refusal = await changeWebhook(tx, parts.webhooks.vault, wanted);
        if (refusal) return refusal;
      }
      if (!(await update(tx, id, { change, place }))) return noDestination;
      if (place) await moveWaiting(tx, id, place);
      const ofDestination = { where: sql`d.destination_id = ${id}` };
      if (change.enabled !== undefined) await (change.enabled ? release : hold)(ofDestination).execute(tx);
      const target = { type: "destination", id };
      await auditAndNotify(tx, by, {
        what: "destinations",
        action: "destination.changed",
        target,
        data: auditData(change),
      });
      const [after] = await readDestinations(tx, { id });
      return after ?? noDestination;
    });
  return refuseDuplicate("destinations_name", nameTaken(displayName), act);
}

/** The fields that only one type has. */
const fieldsByType: Record<DestinationType, readonly (keyof DestinationChange)[]> = {
  "slack-bot": ["channel", "confirmChannel", "syncToSlack", "mentions", "reminders", "linkButtons"],
  "custom-webhook": ["url", "headers", "secret", "changes"],
};

function refuseForeignFields(type: DestinationType, change: DestinationChange): Refusal | null {
  const others = destinationTypes.filter((other) => other !== type).flatMap((other) => fieldsByType[other]);
  const field = others.find((name) => change[name] !== undefined);
  return field
    ? { refused: "invalid", field, why: `A ${typeLabels[type]} doesn't have this setting.` }
    : null;
}

const typeLabels: Record<DestinationType, string> = {
  "slack-bot": "Slack Bot",
  "custom-webhook": "Custom Webhook",
};

/** The workspace can't change. The destination's current channel needs no second confirmation. */
async function checkNewChannel(
  parts: Parts,
  before: Destination,
  { channel, confirmChannel: confirmed = false, by }: DestinationChange & { by: Principal },
): Promise<ResolvedChannel | Refusal | null> {
  if (before.type !== "slack-bot" || channel === undefined) return null;
  const place = await resolveChannel(parts, { channel, installationId: before.installationId });
  if (isRefusal(place) || place.channel.id === before.channel.id) return place;
  return requireConfirmation(place.channel, { confirmed, byPerson: by.userId !== null }) ?? place;
}

/** The change as the audit log keeps it, without secrets and header values. */
function auditData({ headers, secret, ...change }: DestinationChange): Record<string, unknown> {
  return {
    ...change,
    ...(headers && { headerNames: Object.keys(headers) }),
    ...(secret && { secret: "replaced" }),
  };
}

async function update(
  tx: Transaction,
  id: string,
  { change, place }: { change: DestinationChange; place: ResolvedChannel | null },
): Promise<boolean> {
  const updated = await tx
    .updateTable("destinations")
    .set({
      display_name: change.displayName,
      installation_id: place?.installationId,
      channel_id: place?.channel.id,
      channel_name: place?.channel.name,
      severities: change.severities,
      alert_types: change.alertTypes,
      log_types: change.logTypes,
      timezone: change.timezone,
      sync_to_slack: change.syncToSlack,
      mentions: change.mentions && JSON.stringify(change.mentions),
      reminders: change.reminders && JSON.stringify(change.reminders),
      link_buttons: change.linkButtons && JSON.stringify(change.linkButtons),
      enabled: change.enabled,
      updated_at: sql<Date>`now()`,
    })
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .returning("id")
    .execute();
  return updated.length > 0;
}

async function moveWaiting(
  tx: Transaction,
  id: string,
  { installationId, channel }: ResolvedChannel,
): Promise<void> {
  const line = await ensureLine(tx, { installationId, channelId: channel.id, fault: channel.fault });
  const where = sql`d.destination_id = ${id} and d.state <> 'digested' and d.line <> ${line}`;
  await move({ where }, line).execute(tx);
}

/** Refuses a reserved name; null if the name can be used. */
export function nameRefusal(displayName: string): Refusal | null {
  if (displayName.toUpperCase() !== "SKIP") return null;
  return {
    refused: "invalid",
    field: "displayName",
    why: "SKIP can't be a destination's name. In a report it means that the alert goes nowhere.",
  };
}

export function nameTaken(displayName: string): Refusal {
  const why = `A destination with the name "${displayName}" already exists.`;
  return { refused: "conflict", field: "displayName", why };
}
