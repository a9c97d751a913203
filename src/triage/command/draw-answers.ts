import type { KnownBlock } from "@slack/types";
import { type Status, statusWords } from "../../alert/status.ts";
import type { SlackMessage } from "../../slack/message/slack-message.ts";
import { alertRow, type RowAlert, type RowPlace } from "../home/alert-row.ts";
import { webLink } from "../../slack/text/addresses.ts";
import { escapeText } from "../../slack/text/escape-text.ts";
import { oneLine } from "../../slack/text/one-line.ts";
import { plain } from "../../slack/text/plain.ts";
import type { Wanted } from "../../slack/command/command.ts";

interface ListView extends RowPlace {
  wanted: Wanted;
  alerts: readonly RowAlert[];
  /** The same list in Tocsin, where it goes on. */
  more: string | null;
}

/** In a notification. */
const mostNamed = 3;

/** The alerts that somebody asked for, newest first. */
export function renderList(view: ListView): SlackMessage {
  const head = heading(view);
  const blocks: KnownBlock[] = [
    { type: "section", block_id: "head", text: plain(head, 1000) },
    ...view.alerts.flatMap((alert) => alertRow(alert, view)),
    ...goesOn(view.more),
  ];
  const first = view.alerts.slice(0, mostNamed).map(name).join("; ");
  return { text: escapeText(`${head} ${first}`.trim()), blocks };
}

function name({ severity, number, title }: RowAlert): string {
  return `${severity}: ${oneLine(title, 150)} (#${number})`;
}

function heading({ wanted, alerts, more }: ListView): string {
  const what = words(wanted);
  if (alerts.length === 0) return `No alerts: ${what}.`;
  return more ? `The newest ${alerts.length} alerts: ${what}.` : `${count(alerts.length)}: ${what}.`;
}

function count(alerts: number): string {
  return alerts === 1 ? "1 alert" : `${alerts} alerts`;
}

/** What was asked for, so that it can be seen how it was understood: `open or triaged, HIGH, yours`. */
function words({ status, severity, assignee, words: search }: Wanted): string {
  const statuses: readonly Status[] = status ?? ["OPEN", "TRIAGED"];
  const parts = [
    [...new Set(statuses)].map((one) => statusWords[one].toLowerCase()).join(" or "),
    [...new Set(severity)].join(" or "),
    [...new Set(assignee)].map((one) => (one === "me" ? "yours" : "unassigned")).join(" or "),
    search ? `with “${oneLine(search, 200)}”` : "",
  ];
  return parts.filter(Boolean).join(", ");
}

function goesOn(more: string | null): KnownBlock[] {
  const link = more === null ? null : webLink(more);
  if (!link) return [];
  const text = `There are more: ${link}`;
  return [{ type: "context", block_id: "more", elements: [{ type: "mrkdwn", text, verbatim: true }] }];
}
