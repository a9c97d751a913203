import { sql } from "kysely";
import type { Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import type { Principal } from "../../people/principal.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import { renderWelcome } from "../../slack/message/render-welcome.ts";
import { standLine } from "../../setup/channels/stand-line.ts";
import { remedyText } from "../../setup/needs-attention.ts";
import { noteChange } from "../../setup/note-change.ts";
import type { SlackAccess } from "../../connect/slack-access.ts";
import { sendTest } from "../events/send-test.ts";
import type { WebhookAccess } from "../custom-webhook/webhook-access.ts";
import {
  type CustomWebhookDestination,
  type Destination,
  noDestination,
  readDestinations,
  type SlackBotDestination,
} from "../destinations/read-destinations.ts";

interface Parts {
  db: Database;
  slack: SlackAccess;
  webhooks: WebhookAccess;
  publicUrl: string;
  clock: () => Date;
}

interface Welcomed {
  fault: string | null;
  refusal: Refusal | null;
  /** Writes the fault down where the destination shows it, or that there is none. */
  note: (tx: Transaction) => Promise<unknown>;
}

/**
 * Shows that a destination is connected: a message in its channel, a test event to its address. Its no is a
 * refusal that says what to do, and stands at the destination; a fault of Slack's that passes is thrown as
 * `SlackFault`.
 */
export async function welcome(parts: Parts, id: string, by: Principal): Promise<Refusal | null> {
  const [destination] = await readDestinations(parts.db.kysely, { id });
  if (!destination) return noDestination;
  const { fault, refusal, note } = await greet(parts, destination);
  await transaction(parts.db, async (tx) => {
    await note(tx);
    const target = { type: "destination", id };
    const data = { fault };
    await noteChange(tx, by, { what: "destinations", action: "destination.welcomed", target, data });
  });
  return refusal;
}

function greet(parts: Parts, destination: Destination): Promise<Welcomed> {
  switch (destination.type) {
    case "slack-bot":
      return greetChannel(parts, destination);
    case "custom-webhook":
      return greetWebhook(parts, destination);
    default:
      return destination satisfies never;
  }
}

async function greetChannel(parts: Parts, destination: SlackBotDestination): Promise<Welcomed> {
  const { installationId, channel } = destination;
  const fault = await post(parts, destination);
  const why = fault && remedyText(fault, { channelName: channel.name });
  return {
    fault,
    refusal: why ? { refused: "conflict", why } : null,
    note: (tx) => standLine(tx, { installationId, channelId: channel.id, fault }),
  };
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

/** One that passes is told to whoever asked, and leaves the line as it is. */
async function greetWebhook(
  { webhooks, publicUrl, clock }: Parts,
  { id, url, line }: CustomWebhookDestination,
): Promise<Welcomed> {
  const { fault, refusal } = await sendTest(webhooks, { id, url, publicUrl }, clock());
  const settled = fault !== null || refusal === null;
  return { fault, refusal, note: async (tx) => settled && noteFault(tx, line, fault) };
}

async function noteFault(tx: Transaction, line: string, fault: string | null): Promise<void> {
  await sql`
    update lines set fault = ${fault}, faults_in_a_row = 0,
      fault_since = case when ${fault}::text is null then null else now() end,
      open_at = case when ${fault}::text is null then now() else open_at end
    where key = ${line} and fault is distinct from ${fault}`.execute(tx);
}
