import type { Button } from "@slack/types";
import { sql } from "kysely";
import { type AlertType, alertTypeLabels, alertTypes, type Severity, severities } from "../../alert/alert.ts";
import type { Refusal } from "../../alert/refusal.ts";
import type { SlackAccess } from "../../connect/slack-access.ts";
import type { Database } from "../../db/connect.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import { ensureLine, waitForTurn } from "../../outbox/lines.ts";
import type { Pace } from "../../pace.ts";
import { auditAndNotify } from "../../people/audit.ts";
import type { Principal } from "../../people/principal.ts";
import { remedyText } from "../../slack/client/remedy.ts";
import { needsRepair } from "../../slack/client/slack-fault.ts";
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
  pace: Pick<Pace, "message">;
}

interface WelcomeResult {
  fault: string | null;
  refusal: Refusal | null;
  /** Stores the fault, or that there is none, where the destination's state is read from. */
  recordFault: (tx: Transaction) => Promise<unknown>;
}

/**
 * Posts the welcome message in a channel, or sends a webhook a test event. A setup fault is stored at the
 * destination and returned as a refusal with its remedy; a passing fault of Slack is thrown as `SlackFault`.
 */
export async function welcome(parts: Parts, id: string, by: Principal): Promise<Refusal | null> {
  const [destination] = await readDestinations(parts.db.kysely, { id });
  if (!destination) return noDestination;
  const { fault, refusal, recordFault } = await greet(parts, destination);
  await transaction(parts.db, async (tx) => {
    await recordFault(tx);
    const target = { type: "destination", id };
    const data = { fault };
    await auditAndNotify(tx, by, { what: "destinations", action: "destination.welcomed", target, data });
  });
  return refusal;
}

function greet(parts: Parts, destination: Destination): Promise<WelcomeResult> {
  switch (destination.type) {
    case "slack-bot":
      return greetChannel(parts, destination);
    case "custom-webhook":
      return greetWebhook(parts, destination);
    default:
      return destination satisfies never;
  }
}

async function greetChannel(parts: Parts, destination: SlackBotDestination): Promise<WelcomeResult> {
  const { installationId, channel } = destination;
  const fault = await post(parts, destination);
  const why = fault && remedyText(fault, { channelName: channel.name });
  return {
    fault,
    refusal: why ? { refused: "conflict", why } : null,
    recordFault: (tx) => ensureLine(tx, { installationId, channelId: channel.id, fault }),
  };
}

/** Returns Slack's error code if a person has to fix something first. */
async function post(parts: Parts, destination: SlackBotDestination): Promise<string | null> {
  const { slack, publicUrl } = parts;
  const client = await slack.clientFor(destination.installationId);
  const url = `${publicUrl}/configure/destinations`;
  const message = drawWelcome({ ...destination, url });
  await waitForTurn(parts, destination.line);
  try {
    await client.postMessage({ channel: destination.channel.id, message });
    return null;
  } catch (fault) {
    if (needsRepair(fault)) return fault.code;
    throw fault;
  }
}

/** A passing fault is only returned; the line stays as it is. */
async function greetWebhook(
  { webhooks, publicUrl, clock }: Parts,
  { id, url, line }: CustomWebhookDestination,
): Promise<WelcomeResult> {
  const { fault, refusal } = await sendTest(webhooks, { id, url, publicUrl }, clock());
  const settled = fault !== null || refusal === null;
  return { fault, refusal, recordFault: async (tx) => settled && recordLineFault(tx, line, fault) };
}

async function recordLineFault(tx: Transaction, line: string, fault: string | null): Promise<void> {
  await sql`
    update lines set fault = ${fault}, faults_in_a_row = 0,
      fault_since = case when ${fault}::text is null then null else now() end,
      open_at = case when ${fault}::text is null then now() else open_at end
    where key = ${line} and fault is distinct from ${fault}`.execute(tx);
}

/** What the welcome message is drawn from. */
interface WelcomeView {
  id: string;
  severities: readonly Severity[];
  alertTypes: readonly AlertType[];
  logTypes: readonly string[];
  timezone: string;
  /** The page of destinations in the Console. */
  url: string;
}

const title = "Tocsin is connected to this channel";
const nextStep = "Press “Test the buttons” once to check that clicks in Slack reach Tocsin and are verified.";

/** Draws the message that says which alerts will appear. Its button tests that clicks reach Tocsin. */
export function drawWelcome(destination: WelcomeView): SlackMessage {
  const what = describeAlerts(destination);
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
      { type: "context", block_id: "next", elements: [plain(nextStep, 300)] },
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

function describeAlerts(destination: WelcomeView): string {
  const types = destination.alertTypes.map((type) => alertTypeLabels[type]);
  const { length } = destination.logTypes;
  const filters = [
    filterText("severity", destination.severities, severities),
    filterText("type", types, alertTypes),
    ...(length === 0 ? [] : [length === 1 ? "one log type" : `one of ${length} log types`]),
  ];
  return `Alerts with ${new Intl.ListFormat("en-GB").format(filters)} will appear here.`;
}

function filterText(name: string, chosen: readonly string[], all: readonly string[]): string {
  return chosen.length === all.length
    ? `any ${name}`
    : `${name} ${new Intl.ListFormat("en", { type: "disjunction" }).format(chosen)}`;
}
