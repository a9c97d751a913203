import type { Button } from "@slack/types";
import { sql } from "kysely";
import { type AlertType, alertTypeLabels, alertTypes, type Severity, severities } from "../../alert/alert.ts";
import type { Refusal } from "../../alert/refusal.ts";
import type { SlackAccess } from "../../connect/slack-access.ts";
import type { Database } from "../../db/connect.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import { ensureLine } from "../../outbox/lines.ts";
import { auditAndNotify } from "../../people/audit.ts";
import type { Principal } from "../../people/principal.ts";
import { remedyText } from "../../slack/client/remedy.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import type { SlackMessage } from "../../slack/message.ts";
import { escapeText, plain } from "../../slack/text/text.ts";
import { linkButtons } from "../../triage/card/controls.ts";
import type { WebhookAccess } from "../custom-webhook/webhook-access.ts";
import {
  type CustomWebhookDestination,
  type Destination,
  noDestination,
  readDestinations,
  type SlackBotDestination,
} from "../destinations/read-destinations.ts";
import { sendTest } from "../events/send-test.ts";

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
    await auditAndNotify(tx, by, { what: "destinations", action: "destination.welcomed", target, data });
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
    note: (tx) => ensureLine(tx, { installationId, channelId: channel.id, fault }),
  };
}

/** Gives back Slack's word if something has to be put right first. */
async function post({ slack, publicUrl }: Parts, destination: SlackBotDestination): Promise<string | null> {
  const client = await slack.clientFor(destination.installationId);
  const url = `${publicUrl}/configure/destinations`;
  const message = drawWelcome({ ...destination, url });
  try {
    await client.postMessage({ channel: destination.channel.id, message });
    return null;
  } catch (fault) {
    if (fault instanceof SlackFault && fault.kind === "setup") return fault.code;
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

/** A destination as its channel is told about it. */
interface WelcomeView {
  id: string;
  severities: readonly Severity[];
  alertTypes: readonly AlertType[];
  logTypes: readonly string[];
  timezone: string;
  /** Where destinations are set up in Tocsin. */
  url: string;
}

const title = "Tocsin is connected to this channel";
const next =
  "Press “Test the buttons” once: it proves that Slack reaches Tocsin, and that Tocsin knows it is Slack.";

/** Tells a channel what will appear in it. Its button proves the way back from Slack to Tocsin. */
export function drawWelcome(destination: WelcomeView): SlackMessage {
  const what = whatAppears(destination);
  return {
    text: escapeText(`${title}. ${what}`),
    blocks: [
      { type: "header", block_id: "head", text: plain(title, 150) },
      {
        type: "section",
        block_id: "what",
        text: plain(`${what} Times are in ${destination.timezone}.`, 3000),
      },
      { type: "actions", block_id: `welcome:${destination.id}`, elements: buttons(destination) },
      { type: "context", block_id: "next", elements: [plain(next, 300)] },
    ],
  };
}

function buttons({ id, url }: WelcomeView): Button[] {
  const test: Button = {
    type: "button",
    action_id: "welcome-check",
    style: "primary",
    text: plain("Test the buttons", 75),
    value: id,
  };
  return [test, ...linkButtons("view", "Open Tocsin", url)];
}

function whatAppears(destination: WelcomeView): string {
  const ofSeverity = chosen(destination.severities, severities);
  const types = destination.alertTypes.map((type) => alertTypeLabels[type]);
  const ofType = chosen(types, alertTypes);
  const { length } = destination.logTypes;
  const ofLogs = length === 0 ? "" : ` and of ${length === 1 ? "one log type" : `${length} log types`}`;
  return `Alerts of ${ofSeverity} severity, of ${ofType} type${ofLogs} will appear here.`;
}

function chosen(words: readonly string[], all: readonly string[]): string {
  return words.length === all.length
    ? "every"
    : new Intl.ListFormat("en", { type: "disjunction" }).format(words);
}
