import type { Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import { transaction } from "../../db/transaction.ts";
import type { Principal } from "../../people/principal.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import { renderWelcome } from "../../slack/message/render-welcome.ts";
import { standLine } from "../channels/stand-line.ts";
import { remedyText } from "../needs-attention.ts";
import { noteChange } from "../note-change.ts";
import type { SlackAccess } from "../slack-app/slack-access.ts";
import { noDestination, readDestinations, type SlackBotDestination } from "./destination.ts";

const noChannel: Refusal = { refused: "invalid", why: "A Custom Webhook has no channel to welcome." };

interface Parts {
  db: Database;
  slack: SlackAccess;
  publicUrl: string;
}

/**
 * Posts the message that shows that a channel is connected. Slack's no is a refusal that says what to do, and
 * stands at the destination; a fault that passes is thrown as `SlackFault`.
 */
export async function welcome(parts: Parts, id: string, by: Principal): Promise<Refusal | null> {
  const [destination] = await readDestinations(parts.db.kysely, { id });
  if (!destination) return noDestination;
  if (destination.type !== "slack-bot") return noChannel;
  const fault = await post(parts, destination);
  const { installationId, channel } = destination;
  await transaction(parts.db, async (tx) => {
    await standLine(tx, { installationId, channelId: channel.id, fault });
    const data = { channel: channel.id, fault };
    const target = { type: "destination", id };
    await noteChange(tx, by, { what: "destinations", action: "destination.welcomed", target, data });
  });
  return fault === null
    ? null
    : { refused: "conflict", why: remedyText(fault, { channelName: channel.name }) };
}

/** Gives back Slack's word if something has to be put right first. */
async function post({ slack, publicUrl }: Parts, destination: SlackBotDestination): Promise<string | null> {
  const client = await slack.clientFor(destination.installationId);
  const url = `${publicUrl}/configure/destinations`;
  const message = renderWelcome({ ...destination, url });
  try {
    await client.postMessage({ channel: destination.channel.id, message });
    return null;
  } catch (fault) {
    if (fault instanceof SlackFault && fault.kind === "set-up") return fault.code;
    throw fault;
  }
}
