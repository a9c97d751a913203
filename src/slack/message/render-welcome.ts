import type { Button } from "@slack/types";
import { type AlertType, alertTypes, alertTypeWords } from "../../alert/alert-type.ts";
import { type Severity, severities } from "../../alert/severity.ts";
import { linkButtons } from "../../triage/card/controls.ts";
import { escapeText } from "../text/escape-text.ts";
import { plain } from "../text/plain.ts";
import type { SlackMessage } from "./slack-message.ts";

/** A destination as its channel is told about it. */
interface Welcomed {
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
export function renderWelcome(destination: Welcomed): SlackMessage {
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

function buttons({ id, url }: Welcomed): Button[] {
  const test: Button = {
    type: "button",
    action_id: "welcome-check",
    style: "primary",
    text: plain("Test the buttons", 75),
    value: id,
  };
  return [test, ...linkButtons("view", "Open Tocsin", url)];
}

function whatAppears(destination: Welcomed): string {
  const ofSeverity = chosen(destination.severities, severities);
  const types = destination.alertTypes.map((type) => alertTypeWords[type]);
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
