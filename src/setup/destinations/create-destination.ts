import { v7 as uuidv7 } from "uuid";
import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import type { Principal } from "../../people/principal.ts";
import { standLine } from "../channels/stand-line.ts";
import { noteChange } from "../note-change.ts";
import { refuseDuplicate } from "../refuse-duplicate.ts";
import type { SlackAccess } from "../slack-app/slack-access.ts";
import {
  type BeingHeard,
  type Destination,
  type DestinationSettings,
  readDestinations,
} from "./destination.ts";
import { nameRefusal, nameTaken } from "./name-refusal.ts";
import { type Place, placeChannel } from "./place-channel.ts";

export interface NewDestination extends DestinationSettings, BeingHeard {
  /** A channel's id, its name with or without `#`, or a link to it. */
  channel: string;
  /** The workspace, where the app is installed in several. */
  teamId?: string | undefined;
  syncToSlack: boolean;
}

/**
 * Makes a destination, which takes alerts from then on. If the bot isn't in its channel yet, they wait, and
 * the destination says so. Throws a `SlackFault` while Slack can't be asked.
 */
export async function createDestination(
  parts: { db: Database; slack: SlackAccess },
  wish: NewDestination,
  by: Principal,
): Promise<Destination | Refusal> {
  const badName = nameRefusal(wish.displayName);
  if (badName) return badName;
  const place = await placeChannel(parts, wish);
  if (isRefusal(place)) return place;
  const create = () =>
    transaction(parts.db, async (tx) => {
      const id = await insert(tx, wish, place);
      const data = { name: wish.displayName, channel: place.channel.id };
      const target = { type: "destination", id };
      await noteChange(tx, by, { what: "destinations", action: "destination.created", target, data });
      const [destination] = await readDestinations(tx, { id });
      if (!destination) throw new Error(`the destination ${id} was inserted and isn't there`);
      return destination;
    });
  return refuseDuplicate("destinations_name", nameTaken(wish.displayName), create);
}

async function insert(tx: Transaction, wish: NewDestination, place: Place): Promise<string> {
  const { installationId, channel } = place;
  const id = uuidv7();
  await tx
    .insertInto("destinations")
    .values({
      id,
      type: "slack-bot",
      display_name: wish.displayName,
      installation_id: installationId,
      channel_id: channel.id,
      channel_name: channel.name,
      severities: wish.severities,
      alert_types: wish.alertTypes,
      log_types: wish.logTypes,
      timezone: wish.timezone,
      sync_to_slack: wish.syncToSlack,
      mentions: JSON.stringify(wish.mentions),
      reminders: JSON.stringify(wish.reminders),
    })
    .execute();
  await standLine(tx, { installationId, channelId: channel.id, fault: channel.fault });
  return id;
}
