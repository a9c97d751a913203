import { sql } from "kysely";
import { isRefusal } from "../../alert/refusal.ts";
import { requireConfirmation } from "../../connect/channels/check-channel.ts";
import { type ResolvedChannel, resolveChannel } from "../../connect/channels/place-channel.ts";
import type { Transaction } from "../../db/transaction.ts";
import { move } from "../../outbox/deliveries.ts";
import { ensureLine } from "../../outbox/lines.ts";
import { remedy } from "../../slack/client/remedy.ts";
import type { Destination, DestinationType, Prepared, SlackPart } from "../destination-type.ts";
import { newSlackBot, slackBotBody, slackBotChange } from "./contract.ts";
import { slackBot } from "./slack-bot.ts";
import { greetChannel } from "./welcome.ts";

/** Posts alerts in a Slack channel, where people triage them. */
export const slackBotType: DestinationType = {
  type: "slack-bot",
  about: {
    name: "Slack Bot",
    summary: "Posts alerts in a channel for triage in Slack",
    icon: "hash",
    wizard: true,
    fields: [],
    timezoneHint: "Used for times in this destination's messages.",
    test: {
      action: "Send Welcome Message",
      sent: "The welcome message was sent to {place}.",
      failed: "The welcome message was not sent",
    },
  },
  contract: { body: slackBotBody, create: newSlackBot, change: slackBotChange },
  async prepareNew(parts, wish, by) {
    const input = newSlackBot.parse(wish);
    const place = await resolveChannel(parts, input);
    if (isRefusal(place)) return place;
    const confirmation = { confirmed: input.confirmChannel, byPerson: by.userId !== null };
    return requireConfirmation(place.channel, confirmation) ?? prepared(input, place);
  },
  async prepareChange(parts, { before, wish }, by) {
    const change = slackBotChange.parse(wish);
    const { channelId, installationId } = slackPart(before);
    // The workspace can't change, and the current channel needs no second confirmation.
    if (change.channel === undefined) return prepared(change, null);
    const place = await resolveChannel(parts, { channel: change.channel, installationId });
    if (isRefusal(place) || place.channel.id === channelId)
      return isRefusal(place) ? place : prepared(change, place);
    const confirmation = { confirmed: change.confirmChannel ?? false, byPerson: by.userId !== null };
    return requireConfirmation(place.channel, confirmation) ?? prepared(change, place);
  },
  show(destination) {
    const { channelId, channelName, installationId: _, ...settings } = slackPart(destination);
    return { ...settings, channel: { id: channelId, name: channelName } };
  },
  remedy: (fault, { place, botName = null }) => remedy(fault, { channelName: place, botName }),
  greet: (parts, destination) => greetChannel(parts, { ...destination, slack: slackPart(destination) }),
  dropsRepeats: false,
  work: slackBot,
};

function slackPart({ id, slack }: Destination): SlackPart {
  if (!slack) throw new Error(`the Slack Bot destination ${id} has no channel`);
  return slack;
}

type Cards = Pick<
  ReturnType<typeof slackBotChange.parse>,
  "syncToSlack" | "mentions" | "reminders" | "linkButtons"
>;

function prepared(cards: Cards, place: ResolvedChannel | null): Prepared {
  return {
    columns: () => ({
      sync_to_slack: cards.syncToSlack,
      mentions: cards.mentions && JSON.stringify(cards.mentions),
      reminders: cards.reminders && JSON.stringify(cards.reminders),
      link_buttons: cards.linkButtons && JSON.stringify(cards.linkButtons),
      ...(place && {
        installation_id: place.installationId,
        channel_id: place.channel.id,
        channel_name: place.channel.name,
        line: `${place.installationId}:${place.channel.id}`,
      }),
    }),
    saved: async (tx, id) => {
      if (place) await moveWaiting(tx, id, place);
    },
    secret: null,
  };
}

/** Moves what waits to the line of the channel, which a new destination has none of. */
async function moveWaiting(
  tx: Transaction,
  id: string,
  { installationId, channel }: ResolvedChannel,
): Promise<void> {
  const line = await ensureLine(tx, { installationId, channelId: channel.id, fault: channel.fault });
  const where = sql`d.destination_id = ${id} and d.state <> 'digested' and d.line <> ${line}`;
  await move({ where }, line).execute(tx);
}
