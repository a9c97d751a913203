import type { KnownBlock } from "@slack/types";
import { isOpen, type Status, statusLabels } from "../../alert/alert.ts";
import { writeControlsId } from "../../interact/card-ref.ts";
import type { SlackMessage } from "../../slack/message.ts";
import { webLink } from "../../slack/text/addresses.ts";
import { escapeText, oneLine, plain } from "../../slack/text/text.ts";
import type { CardView } from "../card/card-view.ts";
import { linkButtons, type MoreChoice, moreChoiceWords } from "../card/controls.ts";
import { drawCard } from "../card/draw-card.ts";
import { alertRow, type RowAlert, type RowPlace } from "../home/alert-row.ts";
import { usages, verbs, type Wanted } from "./read-command.ts";

interface ListView extends RowPlace {
  wanted: Wanted;
  alerts: readonly RowAlert[];
  /** The same list in Tocsin, where it goes on. */
  more: string | null;
}

/** In a notification. */
const mostNamed = 3;

/** The alerts that somebody asked for, newest first. */
export function drawList(view: ListView): SlackMessage {
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
    [...new Set(statuses)].map((one) => statusLabels[one].toLowerCase()).join(" or "),
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

/** What `/tocsin` understands, below a line that says why it is shown. */
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
    { type: "context", block_id: "private", elements: [plain("Only you see this answer.", 100)] },
  ];
  const words = [...order, "help" as const].map((verb) => `/tocsin ${usages[verb].usage}`).join("; ");
  return { text: escapeText(`${plain(lead, 700).text} ${words}`), blocks };
}

/**
 * The alert as its card shows it, to one person. Nobody redraws what only one person sees, so it has buttons
 * for the card's selects, whose value would soon be untrue.
 */
export function drawAlert(view: CardView): SlackMessage {
  const { text, blocks } = drawCard(view);
  const reading = blocks.filter(({ type }) => type !== "actions");
  return { text, blocks: [...reading, buttons(view)] };
}

function buttons({ alert, place }: CardView): KnownBlock {
  const choices: MoreChoice[] = ["details", "comment"];
  if (isOpen(alert.status)) choices.push(alert.assignee ? "unassign" : "assign-me");
  return {
    type: "actions",
    block_id: writeControlsId({ alertId: alert.id, version: alert.version }, 0),
    elements: [
      ...linkButtons("view", "View in Tocsin", place.alertUrl),
      ...choices.map((choice) => ({
        type: "button" as const,
        action_id: `more:${choice}`,
        text: plain(moreChoiceWords[choice], 75),
        value: choice,
      })),
    ],
  };
}
