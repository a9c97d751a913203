import type {
  ActionsBlock,
  RichTextBlock,
  RichTextList,
  RichTextSection,
  SectionBlock,
  StaticSelect,
} from "@slack/types";
import { z } from "zod";
import {
  isOpen,
  type Severity,
  type Status,
  severities,
  statuses,
  statusLabels,
} from "../../../alert/alert.ts";
import type { SlackMessage } from "../../../slack/message.ts";
import { severityDot } from "../../../slack/text/alert-text.ts";
import { clockTime } from "../../../slack/text/clock-time.ts";
import { cut, escapeText, oneLine, plain } from "../../../slack/text/text.ts";
import { linkButtons } from "../../../triage/card/controls.ts";

const longestTitle = 120;
const longestDetection = 80;
/** Of a select: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
const mostOptions = 100;

/**
 * The one message for the many alerts of a storm: the CRITICAL and HIGH ones that still wait for their card,
 * the others counted, and a menu that posts a card after all. What comes from outside stands in plain text and
 * in text elements of rich text only.
 */
export function drawDigest(view: DigestView): SlackMessage {
  const words = digestWords(view);
  return {
    text: escapeText(cut(fallback(words, view), 700)),
    blocks: [
      { type: "header", block_id: "head", text: plain(words.heading, 150) },
      ...loudBlocks(view, words),
      ...countBlocks(words),
      ...detectionBlocks(view),
      ...controls(view),
      { type: "context", block_id: "when", elements: [plain(context(view, words), 600)] },
    ],
  };
}

function fallback(words: DigestWords, { note }: DigestView): string {
  const counts = words.severities.map(({ severity, count }) => `${count} ${severity}`).join(", ");
  const parts = [counts ? `${words.heading}: ${counts}` : words.heading, words.loud ?? "", note ?? ""];
  return parts.filter(Boolean).join(" · ");
}

function context({ note }: DigestView, { when }: DigestWords): string {
  return note ? `${oneLine(note, 200)} · ${when}` : when;
}

function loudBlocks({ loud }: DigestView, words: DigestWords): RichTextBlock[] {
  if (words.loud === null) return [];
  const unnamed = loud.critical + loud.high - loud.first.length;
  const lines = [
    ...loud.first.map((alert) => named(alert, longestTitle)),
    ...(unnamed > 0 ? [`and ${unnamed.toLocaleString("en-GB")} more`] : []),
  ];
  const heading: RichTextSection = {
    type: "rich_text_section",
    elements: [{ type: "text", text: words.loud, style: { bold: true } }],
  };
  const items = lines.map((text): RichTextSection => {
    return { type: "rich_text_section", elements: [{ type: "text", text }] };
  });
  const list: RichTextList = { type: "rich_text_list", style: "bullet", elements: items };
  return [{ type: "rich_text", block_id: "loud", elements: [heading, list] }];
}

function countBlocks({ severities, states }: DigestWords): SectionBlock[] {
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
    ({ name, count }) => `${oneLine(name, longestDetection) || "–"} ${count.toLocaleString("en-GB")}`,
  );
  const rest = others > 0 ? [`and ${others.toLocaleString("en-GB")} more detections`] : [];
  const elements = [
    { type: "text" as const, text: "Most: ", style: { bold: true } },
    { type: "text" as const, text: [...named, ...rest].join(" · ") },
  ];
  return [{ type: "rich_text", block_id: "detections", elements: [{ type: "rich_text_section", elements }] }];
}

/** Nothing where Slack would hide the link and nobody is left to post a card for. */
function controls({ id, redraws, menu, listUrl }: DigestView): ActionsBlock[] {
  const elements: ActionsBlock["elements"] = [
    ...linkButtons("view", "See all in Tocsin", listUrl),
    ...(menu.length > 0 ? [cardMenu(menu)] : []),
  ];
  return elements.length > 0 ? [{ type: "actions", block_id: writeDigestId(id, redraws), elements }] : [];
}

function cardMenu(menu: readonly NamedAlert[]): StaticSelect {
  const options = menu.slice(0, mostOptions).map((alert) => ({
    text: plain(named(alert, 75), 75),
    value: alert.id,
  }));
  return {
    type: "static_select",
    action_id: "post-card",
    placeholder: plain("Post a card for…", 150),
    options,
  };
}

/** `HIGH #1042 Impossible travel`. */
function named({ severity, number, title }: NamedAlert, limit: number): string {
  return `${severity} #${number} ${oneLine(title, limit) || "(no title)"}`;
}

const shape = z.tuple([z.literal("digest"), z.uuid(), z.string().regex(/^\d{1,9}$/)]);

/** The block id of a digest's controls, another one for every drawing: see `controls-id.ts`. */
function writeDigestId(digestId: string, redraws: number): string {
  return `digest:${digestId}:${redraws}`;
}

export function readDigestId(blockId: string): string | null {
  const read = shape.safeParse(blockId.split(":"));
  return read.success ? read.data[1] : null;
}

/** An alert as a digest names it. */
export interface NamedAlert {
  id: string;
  number: number;
  severity: Severity;
  title: string;
}

/** How many of the gathered alerts are alike. */
export interface Tally {
  severity: Severity;
  status: Status;
  assigned: boolean;
  count: number;
}

export interface DigestView {
  id: string;
  /** How often its controls were drawn: it makes their block id new. */
  redraws: number;
  timezone: string;
  /** The gathered alerts in the Console. */
  listUrl: string;
  /** When the first and the last of the gathered alerts came; null when none was gathered. */
  span: { from: Date; to: Date } | null;
  /** The storm is over: nothing joins the digest any more. */
  over: boolean;
  gathered: readonly Tally[];
  /** The noisiest detections, and how many others there are. */
  detections: { top: readonly { name: string; count: number }[]; others: number };
  /** CRITICAL and HIGH alerts that wait for cards of their own: how many, and the first of them. */
  loud: { critical: number; high: number; first: readonly NamedAlert[] };
  /** What the menu offers a card for, the most severe first. */
  menu: readonly NamedAlert[];
  now: Date;
  note?: string;
}

/** What a digest says in words and numbers of ours, which can hold nothing from outside. */
interface DigestWords {
  heading: string;
  /** `31 MEDIUM, 20 LOW`: of what was gathered, the most severe first. */
  severities: { severity: Severity; count: string }[];
  /** `Open 180 · Resolved 20 · 12 assigned`; empty when nothing was gathered. */
  states: string;
  /** `2 CRITICAL and 5 HIGH wait for their own card`; null when none does. */
  loud: string | null;
  when: string;
}

function digestWords(view: DigestView): DigestWords {
  const { gathered, over } = view;
  const total = sum(gathered);
  return {
    heading: heading(view, total),
    severities: [...severities].reverse().flatMap((severity) => {
      const count = sum(gathered.filter((tally) => tally.severity === severity));
      return count > 0 ? [{ severity, count: figure(count) }] : [];
    }),
    states: states(gathered),
    loud: over ? null : loud(view.loud),
    when: [span(view), manner(view)].filter(Boolean).join(" · "),
  };
}

function heading({ over, gathered, loud }: DigestView, total: number): string {
  if (total === 0) {
    return over ? "Every alert has its card" : `${alerts(loud.critical + loud.high)} at once`;
  }
  const open = gathered.some((tally) => tally.severity !== "INFO" && isOpen(tally.status));
  return over && !open ? `✅ ${alerts(total)}, none open any more` : `${alerts(total)}, gathered here`;
}

/** INFO alerts need nobody: they would only make it look as if much were resolved. */
function states(gathered: readonly Tally[]): string {
  const ordinary = gathered.filter((tally) => tally.severity !== "INFO");
  const parts = statuses.flatMap((status: Status) => {
    const count = sum(ordinary.filter((tally) => tally.status === status));
    return count > 0 ? [`${statusLabels[status]} ${figure(count)}`] : [];
  });
  const assigned = sum(ordinary.filter((tally) => tally.assigned));
  return [...parts, ...(assigned > 0 ? [`${figure(assigned)} assigned`] : [])].join(" · ");
}

function loud({ critical, high }: DigestView["loud"]): string | null {
  const parts = [
    ...(critical > 0 ? [`${figure(critical)} CRITICAL`] : []),
    ...(high > 0 ? [`${figure(high)} HIGH`] : []),
  ];
  if (parts.length === 0) return null;
  return `${parts.join(" and ")} ${critical + high === 1 ? "waits" : "wait"} for their own card`;
}

function span({ span, timezone, now }: DigestView): string {
  if (!span) return "";
  const [from, to] = [span.from, span.to].map((at) => clockTime(at, timezone, now));
  return from === to ? `${from}` : `${from} to ${to}`;
}

function manner({ over }: DigestView): string {
  if (over) return "The storm is over: alerts have cards of their own again";
  return "CRITICAL and HIGH are still posted one by one";
}

function alerts(count: number): string {
  return count === 1 ? "1 alert" : `${figure(count)} alerts`;
}

function figure(count: number): string {
  return count.toLocaleString("en-GB");
}

function sum(tallies: readonly Tally[]): number {
  return tallies.reduce((total, { count }) => total + count, 0);
}
