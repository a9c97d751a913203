import type {
  ActionsBlock,
  RichTextBlock,
  RichTextList,
  RichTextSection,
  SectionBlock,
  StaticSelect,
} from "@slack/types";
import {
  isOpen,
  type Severity,
  type Status,
  severities,
  statuses,
  statusLabels,
} from "../../../alert/alert.ts";
import type { SlackMessage } from "../../../slack/message.ts";
import { linkButtons } from "../../../slack/text/addresses.ts";
import { severityDot } from "../../../slack/text/alert-text.ts";
import { clockTime } from "../../../slack/text/clock-time.ts";
import { cut, escapeText, oneLine, plain } from "../../../slack/text/text.ts";
import { digestMenu, writeDigestId } from "./digest-menu.ts";

const maxTitleLength = 120;
const maxDetectionLength = 80;
/** A select's limit: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
const maxOptions = 100;

/**
 * Draws the digest of a storm: the loud alerts that wait for their cards, counts of the others, and a menu that
 * posts a card. Text from outside is used only in plain text and in text elements of rich text.
 */
export function drawDigest(view: DigestView): SlackMessage {
  const texts = digestTexts(view);
  return {
    text: escapeText(cut(fallback(texts, view), 700)),
    blocks: [
      { type: "header", block_id: "head", text: plain(texts.heading, 150) },
      ...loudBlocks(view, texts),
      ...countBlocks(texts),
      ...detectionBlocks(view),
      ...controls(view),
      { type: "context", block_id: "when", elements: [plain(context(view, texts), 600)] },
    ],
  };
}

function fallback(texts: DigestTexts, { note }: DigestView): string {
  const counts = texts.severities.map(({ severity, count }) => `${count} ${severity}`).join(", ");
  const parts = [counts ? `${texts.heading}: ${counts}` : texts.heading, texts.loud ?? "", note ?? ""];
  return parts.filter(Boolean).join(" · ");
}

function context({ note }: DigestView, { when }: DigestTexts): string {
  return note ? `${oneLine(note, 200)} · ${when}` : when;
}

function loudBlocks({ loud }: DigestView, texts: DigestTexts): RichTextBlock[] {
  if (texts.loud === null) return [];
  const unnamed = loud.critical + loud.high - loud.first.length;
  const lines = [
    ...loud.first.map((alert) => alertText(alert, maxTitleLength)),
    ...(unnamed > 0 ? [`and ${unnamed.toLocaleString("en-GB")} more`] : []),
  ];
  const heading: RichTextSection = {
    type: "rich_text_section",
    elements: [{ type: "text", text: texts.loud, style: { bold: true } }],
  };
  const items = lines.map((text): RichTextSection => {
    return { type: "rich_text_section", elements: [{ type: "text", text }] };
  });
  const list: RichTextList = { type: "rich_text_list", style: "bullet", elements: items };
  return [{ type: "rich_text", block_id: "loud", elements: [heading, list] }];
}

function countBlocks({ severities, states }: DigestTexts): SectionBlock[] {
  if (severities.length === 0) return [];
  const fields = severities.map(({ severity, count }) => ({
    type: "mrkdwn" as const,
    text: `${severityDot[severity]} *${severity}* ${count}`,
    verbatim: true,
  }));
  const counts: SectionBlock = { type: "section", block_id: "counts", fields };
  return states ? [counts, { type: "section", block_id: "states", text: plain(states, 300) }] : [counts];
}

function detectionBlocks({ detections: { top, others } }: DigestView): RichTextBlock[] {
  if (top.length === 0) return [];
  const named = top.map(
    ({ name, count }) => `${oneLine(name, maxDetectionLength) || "–"} ${count.toLocaleString("en-GB")}`,
  );
  const rest = others > 0 ? [`and ${others.toLocaleString("en-GB")} more detections`] : [];
  const elements = [
    { type: "text" as const, text: "Noisiest: ", style: { bold: true } },
    { type: "text" as const, text: [...named, ...rest].join(" · ") },
  ];
  return [{ type: "rich_text", block_id: "detections", elements: [{ type: "rich_text_section", elements }] }];
}

/** Empty if Slack would hide the link and the menu has no options. */
function controls({ id, redraws, menu, listUrl }: DigestView): ActionsBlock[] {
  const elements: ActionsBlock["elements"] = [
    ...linkButtons("view", "See all in Tocsin", listUrl),
    ...(menu.length > 0 ? [cardMenu(menu)] : []),
  ];
  return elements.length > 0 ? [{ type: "actions", block_id: writeDigestId(id, redraws), elements }] : [];
}

function cardMenu(menu: readonly NamedAlert[]): StaticSelect {
  const options = menu.slice(0, maxOptions).map((alert) => ({
    text: plain(alertText(alert, 75), 75),
    value: alert.id,
  }));
  return digestMenu.draw(options);
}

/** `HIGH #1042 Impossible travel`. */
function alertText({ severity, number, title }: NamedAlert, limit: number): string {
  return `${severity} #${number} ${oneLine(title, limit) || "(no title)"}`;
}

/** An alert that a digest names. */
export interface NamedAlert {
  id: string;
  number: number;
  severity: Severity;
  title: string;
}

/** How many gathered alerts have this severity, status and assignment. */
export interface Tally {
  severity: Severity;
  status: Status;
  assigned: boolean;
  count: number;
}

export interface DigestView {
  id: string;
  /** The block version of the controls. */
  redraws: number;
  timezone: string;
  /** The list of the gathered alerts in the Console. */
  listUrl: string;
  /** When the first and the last gathered alert opened; null if none was gathered. */
  span: { from: Date; to: Date } | null;
  /** The storm is over; no alert joins any more. */
  over: boolean;
  gathered: readonly Tally[];
  /** The noisiest detections, and how many others there are. */
  detections: { top: readonly { name: string; count: number }[]; others: number };
  /** CRITICAL and HIGH alerts that wait for their own cards: their number, and the first of them. */
  loud: { critical: number; high: number; first: readonly NamedAlert[] };
  /** The alerts in the menu, most severe first. */
  menu: readonly NamedAlert[];
  now: Date;
  note?: string;
}

/** The texts of a digest that hold nothing from outside. */
interface DigestTexts {
  heading: string;
  /** Counts of the gathered alerts, most severe first: `31 MEDIUM, 20 LOW`. */
  severities: { severity: Severity; count: string }[];
  /** `Open 180 · Resolved 20 · 12 assigned`; empty when nothing was gathered. */
  states: string;
  /** `2 CRITICAL and 5 HIGH are waiting for their own cards`; null if none is. */
  loud: string | null;
  when: string;
}

function digestTexts(view: DigestView): DigestTexts {
  const { gathered, over } = view;
  const total = sum(gathered);
  return {
    heading: heading(view, total),
    severities: [...severities].reverse().flatMap((severity) => {
      const count = sum(gathered.filter((tally) => tally.severity === severity));
      return count > 0 ? [{ severity, count: formatCount(count) }] : [];
    }),
    states: stateCounts(gathered),
    loud: over ? null : loudText(view.loud),
    when: [timeSpan(view), postingText(view)].filter(Boolean).join(" · "),
  };
}

function heading({ over, gathered, loud }: DigestView, total: number): string {
  if (total === 0) {
    return over ? "All alerts have their own cards" : `${countAlerts(loud.critical + loud.high)} at once`;
  }
  const open = gathered.some((tally) => tally.severity !== "INFO" && isOpen(tally.status));
  return over && !open ? `✅ ${countAlerts(total)}, none open` : `${countAlerts(total)} in this digest`;
}

/** INFO alerts are left out: they start as Resolved, and would look like work that was done. */
function stateCounts(gathered: readonly Tally[]): string {
  const ordinary = gathered.filter((tally) => tally.severity !== "INFO");
  const parts = statuses.flatMap((status: Status) => {
    const count = sum(ordinary.filter((tally) => tally.status === status));
    return count > 0 ? [`${statusLabels[status]} ${formatCount(count)}`] : [];
  });
  const assigned = sum(ordinary.filter((tally) => tally.assigned));
  return [...parts, ...(assigned > 0 ? [`${formatCount(assigned)} assigned`] : [])].join(" · ");
}

function loudText({ critical, high }: DigestView["loud"]): string | null {
  const parts = [
    ...(critical > 0 ? [`${formatCount(critical)} CRITICAL`] : []),
    ...(high > 0 ? [`${formatCount(high)} HIGH`] : []),
  ];
  if (parts.length === 0) return null;
  const waiting = critical + high === 1 ? "is waiting for its own card" : "are waiting for their own cards";
  return `${parts.join(" and ")} ${waiting}`;
}

function timeSpan({ span, timezone, now }: DigestView): string {
  if (!span) return "";
  const [from, to] = [span.from, span.to].map((at) => clockTime(at, timezone, now));
  return from === to ? `${from}` : `${from} to ${to}`;
}

function postingText({ over }: DigestView): string {
  if (over) return "The storm is over: new alerts get their own cards again";
  return "CRITICAL and HIGH alerts still get their own cards";
}

function countAlerts(count: number): string {
  return count === 1 ? "1 alert" : `${formatCount(count)} alerts`;
}

function formatCount(count: number): string {
  return count.toLocaleString("en-GB");
}

function sum(tallies: readonly Tally[]): number {
  return tallies.reduce((total, { count }) => total + count, 0);
}
