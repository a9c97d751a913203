import {
  type Alert,
  alertTypeLabels,
  detectionLabel,
  isOpen,
  type Severity,
  statusLabels,
} from "../../alert/alert.ts";
import { dispositionText } from "../../alert/disposition.ts";
import { severityDot } from "../../slack/text/alert-text.ts";
import { clockTime } from "../../slack/text/clock-time.ts";
import { oneLine, revealAndCut } from "../../slack/text/text.ts";
import type { AlertEvent } from "../events/alert-event.ts";

/**
 * Teams takes messages of up to 28 KB, counted after it has wrapped them in a format of its own that is about a fifth
 * longer (https://github.com/MicrosoftDocs/msteams-docs/issues/11274). The workflow has answered by then, so a card
 * that is too large would be lost without a fault.
 */
const maxBytes = 20_000;
/** Tried in this order until the card is small enough. */
const textLengths = [3000, 1000, 300];
const maxTitle = 300;
const maxParagraphs = 12;

interface Zone {
  timezone: string;
  now: Date;
}

/** The message for a workflow's webhook: one Adaptive Card, in full for an opening and short for changes. */
export function teamsMessage(event: AlertEvent, zone: Zone) {
  const messages = textLengths.map((length) => wrap(event, card(event, zone, length)));
  return messages.find((message) => sizeOf(message) <= maxBytes) ?? wrap(event, card(event, zone, 0));
}

/** The bytes of its JSON with every character beyond ASCII written as an escape, which Teams may do. */
export function sizeOf(message: object): number {
  const json = JSON.stringify(message);
  return json.length + 5 * (json.match(/[^\x20-\x7e]/g)?.length ?? 0);
}

function wrap({ alert }: AlertEvent, content: object) {
  return {
    type: "message",
    summary: `${alert.severity}: ${oneLine(alert.title, 150)}${numberOf(alert)}`,
    attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content }],
  };
}

/** Teams shows cards of version 1.4 and below from a workflow, and nothing at all of a newer one. */
function card(event: AlertEvent, zone: Zone, textLength: number) {
  const { alert, alertUrl } = event;
  return {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    msteams: { width: "Full" },
    body: event.kind === "changed" ? changeBody(event, zone) : openingBody(event, zone, textLength),
    actions: [
      { type: "Action.OpenUrl", title: "View in Tocsin", url: alertUrl },
      ...(event.kind !== "changed" && isLink(alert.runbook)
        ? [{ type: "Action.OpenUrl", title: "Runbook", url: alert.runbook }]
        : []),
    ],
  };
}

function openingBody({ alert }: AlertEvent, { timezone, now }: Zone, textLength: number) {
  const runbook = alert.runbook && !isLink(alert.runbook) ? `Runbook: ${alert.runbook}` : "";
  const facts = [
    alert.number > 0 ? `#${alert.number}` : "",
    alertTypeLabels[alert.type],
    oneLine(detectionLabel(alert), 150),
    oneLine(alert.logTypes.slice(0, 3).join(", "), 150),
    clockTime(alert.createdAt, timezone, now),
    alert.eventCount > 1 ? `${alert.eventCount} events` : "",
  ];
  return [
    banner(styleOf(alert), [
      heading(`${mark(alert)} ${oneLine(alert.title, maxTitle) || "(no title)"}`),
      line(facts.filter(Boolean).join(" · "), { isSubtle: true }),
    ]),
    ...paragraphs(alert.description ?? "", textLength),
    ...paragraphs(runbook, textLength / 2),
    line(stateOf(alert), { isSubtle: true, separator: true }),
  ];
}

function changeBody({ alert, changes }: AlertEvent, { timezone, now }: Zone) {
  const last = changes.slice(-3);
  return [
    banner(styleOf(alert), [
      heading(`${mark(alert)} ${oneLine(alert.title, 150) || "(no title)"}${numberOf(alert)}`),
      ...last.map(({ sentence, at }) =>
        line(`${oneLine(sentence, 500)} · ${clockTime(at, timezone, now)}`, { isSubtle: false }),
      ),
    ]),
  ];
}

function mark({ severity, status }: Pick<Alert, "severity" | "status">): string {
  if (status === "RESOLVED") return "✅ Resolved:";
  return status === "CLOSED" ? "⚪ Invalid:" : `${severityDot[severity]} ${severity}`;
}

const styles: Record<Severity, string> = {
  CRITICAL: "attention",
  HIGH: "attention",
  MEDIUM: "warning",
  LOW: "accent",
  INFO: "emphasis",
};

function styleOf({ severity, status }: Pick<Alert, "severity" | "status">): string {
  return isOpen(status) ? styles[severity] : "emphasis";
}

function stateOf(alert: AlertEvent["alert"]): string {
  const { status, assignee } = alert;
  const assigned = assignee ? `assigned to ${oneLine(assignee.name, 100)}` : "unassigned";
  return [statusLabels[status], dispositionText(alert), assigned].filter(Boolean).join(" · ");
}

function numberOf({ number }: Pick<Alert, "number">): string {
  return number > 0 ? ` (#${number})` : "";
}

function banner(style: string, items: object[]) {
  return { type: "Container", style, bleed: true, items };
}

function heading(text: string) {
  return rich([{ type: "TextRun", text, weight: "bolder", size: "medium" }]);
}

function line(text: string, { isSubtle, separator = false }: { isSubtle: boolean; separator?: boolean }) {
  return {
    ...rich([{ type: "TextRun", text, isSubtle }]),
    spacing: "small",
    ...(separator && { separator }),
  };
}

/** Text from outside is in runs, which Teams doesn't read as Markdown: an alert can't draw links or formats. */
function rich(inlines: object[]) {
  return { type: "RichTextBlock", inlines };
}

function paragraphs(text: string, length: number) {
  const lines = revealAndCut(text, length)
    .split("\n")
    .map((paragraph) => paragraph.trim())
    .filter(Boolean);
  const shown = [...lines.slice(0, maxParagraphs), ...(lines.length > maxParagraphs ? ["…"] : [])];
  return shown.map((paragraph) => rich([{ type: "TextRun", text: paragraph }]));
}

function isLink(text: string | null): text is string {
  return text !== null && /^https?:\/\/\S{1,1000}$/.test(text);
}
