import { setTimeout as sleep } from "node:timers/promises";
import type { Button } from "@slack/types";
import { z } from "zod";
import { type AlertType, alertTypeLabels, alertTypes, type Severity, severities } from "../../alert/alert.ts";
import { notify } from "../../db/notify.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import { notifyPerson } from "../../interact/answer.ts";
import { notices } from "../../interact/notices.ts";
import { slackAction } from "../../interact/slack-action.ts";
import { ensureLine, waitForTurn } from "../../outbox/lines.ts";
import { remedyText } from "../../slack/client/remedy.ts";
import { needsRepair, SlackFault } from "../../slack/client/slack-fault.ts";
import type { SlackMessage } from "../../slack/message.ts";
import { linkButtons } from "../../slack/text/addresses.ts";
import { escapeText, plain } from "../../slack/text/text.ts";
import type { Destination, DestinationParts, Greeted, SlackPart } from "../destination-type.ts";

type SlackDestination = Destination & { slack: SlackPart };

/** Posts the welcome message in a destination's channel. Throws a passing fault of Slack as `SlackFault`. */
export async function greetChannel(parts: DestinationParts, destination: SlackDestination): Promise<Greeted> {
  const { installationId, channelId, channelName } = destination.slack;
  const fault = await post(parts, destination);
  const why = fault && remedyText(fault, { channelName });
  return {
    fault,
    refusal: why ? { refused: "conflict", why } : null,
    async recordFault(tx) {
      await ensureLine(tx, { installationId, channelId, fault });
      await markTested(tx, destination.id, null);
    },
  };
}

/** Returns Slack's error code if a person has to fix something first. */
async function post(parts: DestinationParts, destination: SlackDestination): Promise<string | null> {
  const { slack, publicUrl } = parts;
  const client = await slack.clientFor(destination.slack.installationId);
  const url = `${publicUrl}/configure/destinations`;
  const message = drawWelcome({ ...destination, url });
  for (let tries = 1; ; tries++) {
    await waitForTurn(parts, destination.line);
    try {
      await client.postMessage({ channel: destination.slack.channelId, message });
      return null;
    } catch (fault) {
      if (needsRepair(fault)) return fault.code;
      const seconds = fault instanceof SlackFault && fault.kind === "rate" ? fault.retryAfterSeconds : null;
      if (seconds === null || seconds > mostWaitSeconds || tries === mostTries) throw fault;
      await sleep(seconds * 1000);
    }
  }
}

/** Another message may have been late on its way to Slack. Somebody waits for the answer. */
const mostWaitSeconds = 5;
const mostTries = 3;

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
  return [welcomeCheck.draw(id), ...linkButtons("view", "Open Tocsin", url)];
}

/** The button that tests that clicks reach Tocsin. */
export const welcomeCheck = slackAction({
  id: "welcome-check",
  draw: (value: string): Omit<Button, "action_id"> => ({
    type: "button",
    style: "primary",
    text: plain("Test the buttons", 75),
    value,
  }),
  read: ({ value }) => z.uuid().safeParse(value).data ?? null,
  async act(by, request, destinationId) {
    const { db, clock } = by.deps;
    await transaction(db, async (tx) => {
      await markTested(tx, destinationId, clock());
      await notify(tx, { settings: "destinations" });
    });
    await notifyPerson(by, request, notices.buttonsWork);
  },
});

async function markTested(tx: Transaction, id: string, at: Date | null): Promise<void> {
  await tx.updateTable("destinations").set({ buttons_tested_at: at }).where("id", "=", id).execute();
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
