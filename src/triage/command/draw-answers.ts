import type { KnownBlock } from "@slack/types";
import { isOpen, type Status, statusLabels } from "../../alert/alert.ts";
import { writeControlsId } from "../../interact/card-ref.ts";
import type { SlackMessage } from "../../slack/message.ts";
import { linkButtons, webLink } from "../../slack/text/addresses.ts";
import { escapeText, oneLine, plain } from "../../slack/text/text.ts";
import { assignMe, unassign } from "../card/assign-controls.ts";
import type { CardView } from "../card/card-view.ts";
import { addComment } from "../card/comment-dialogs.ts";
import { drawCard } from "../card/draw-card.ts";
import { showDetails } from "../details/on-details.ts";
import { alertRow, type RowAlert, type RowContext } from "../home/alert-row.ts";
import { type ListFilters, usages, verbs } from "./read-command.ts";

interface ListView extends RowContext {
  filters: ListFilters;
  alerts: readonly RowAlert[];
  /** The URL of the full list in the Console; null if nothing is left out. */
  more: string | null;
}

/** Alerts that the message's `text` names. */
const maxNamed = 3;

/** Draws the answer to `/tocsin list`, newest alerts first. */
export function drawList(view: ListView): SlackMessage {
  const head = heading(view);
  const blocks: KnownBlock[] = [
    { type: "section", block_id: "head", text: plain(head, 1000) },
    ...view.alerts.flatMap((alert) => alertRow(alert, view)),
    ...moreLink(view.more),
  ];
  const first = view.alerts.slice(0, maxNamed).map(alertText).join("; ");
  return { text: escapeText(`${head} ${first}`.trim()), blocks };
}

function alertText({ severity, number, title }: RowAlert): string {
  return `${severity}: ${oneLine(title, 150)} (#${number})`;
}

function heading({ filters, alerts, more }: ListView): string {
  const what = describeFilters(filters);
  if (alerts.length === 0) return `No alerts: ${what}.`;
  return more ? `The newest ${alerts.length} alerts: ${what}.` : `${count(alerts.length)}: ${what}.`;
}

function count(alerts: number): string {
  return alerts === 1 ? "1 alert" : `${alerts} alerts`;
}

/** The filters in words, so that people see how the command was understood: `open or triaged, HIGH, yours`. */
function describeFilters({ status, severity, assignee, words: search }: ListFilters): string {
  const statuses: readonly Status[] = status ?? ["OPEN", "TRIAGED"];
  const parts = [
    [...new Set(statuses)].map((one) => statusLabels[one].toLowerCase()).join(" or "),
    [...new Set(severity)].join(" or "),
    [...new Set(assignee)].map((one) => (one === "me" ? "yours" : "unassigned")).join(" or "),
    search ? `with “${oneLine(search, 200)}”` : "",
  ];
  return parts.filter(Boolean).join(", ");
}

function moreLink(more: string | null): KnownBlock[] {
  const link = more === null ? null : webLink(more, "More in Tocsin");
  if (!link) return [];
  return [{ type: "context", block_id: "more", elements: [{ type: "mrkdwn", text: link, verbatim: true }] }];
}

/** Draws the list of commands below a line that says why it is shown. */
export function drawHelp(lead: string): SlackMessage {
  const order = verbs.filter((verb) => verb !== "help");
  const lines = [...order, "help" as const].flatMap((verb) => {
    const { usage, does } = usages[verb];
    return [
      { type: "text" as const, text: `/tocsin ${usage}`, style: { code: true } },
      { type: "text" as const, text: `\n${does}\n` },
    ];
  });
  const blocks: KnownBlock[] = [
    { type: "section", block_id: "lead", text: plain(lead, 1000) },
    {
      type: "rich_text",
      block_id: "usage",
      elements: [{ type: "rich_text_section", elements: lines }],
    },
    { type: "context", block_id: "private", elements: [plain("Only you can see this message.", 100)] },
  ];
  const usageText = [...order, "help" as const].map((verb) => `/tocsin ${usages[verb].usage}`).join("; ");
  return { text: escapeText(`${plain(lead, 700).text} ${usageText}`), blocks };
}

/**
 * Draws an alert like its card, for one person. A private message is never edited, so buttons replace the
 * selects, whose values would soon be out of date.
 */
export function drawAlert(view: CardView): SlackMessage {
  const { text, blocks } = drawCard(view);
  const readOnly = blocks.filter(({ type }) => type !== "actions");
  return { text, blocks: [...readOnly, buttons(view)] };
}

function buttons({ alert, place }: CardView): KnownBlock {
  const assignment = alert.assignee ? unassign : assignMe;
  const entries = [showDetails, addComment, ...(isOpen(alert.status) ? [assignment] : [])];
  return {
    type: "actions",
    block_id: writeControlsId({ alertId: alert.id, version: alert.version }, 0),
    elements: [
      ...linkButtons("view", "View in Tocsin", place.alertUrl),
      ...entries.map((entry) => entry.draw({})),
    ],
  };
}
