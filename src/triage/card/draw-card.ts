import type { ContextBlock, HeaderBlock, KnownBlock, SectionBlock } from "@slack/types";
import { isOpen } from "../../alert/alert.ts";
import type { SlackMessage } from "../../slack/message.ts";
import { buttonAddress, linkButtons } from "../../slack/text/addresses.ts";
import { mentionBlockId, severityDot, title } from "../../slack/text/alert-text.ts";
import { oneLine, plain } from "../../slack/text/text.ts";
import {
  closedStateLine,
  factsLine,
  fallbackText,
  isInformational,
  mentionToken,
  openStateLine,
  pointerBlock,
} from "./card-text.ts";
import type { CardView } from "./card-view.ts";
import { drawControls } from "./controls.ts";

const headerTitleLength = 130;
const fullTitleLength = 1000;
const summaryLength = 600;
const maxLinks = 3;
const repliesKept = "Replies here are kept in Tocsin";

/**
 * Draws the card of an alert: in full while it is open or an untouched INFO alert, otherwise shrunk, so that a
 * channel of old alerts reads like a log.
 */
export function drawCard(view: CardView): SlackMessage {
  const { alert, note, mention } = view;
  const full = isOpen(alert.status) || isInformational(alert);
  const mentionText = mention ? mentionToken(mention) : "";
  return {
    text: [mentionText, fallbackText(alert, note)].filter(Boolean).join(" "),
    blocks: full ? fullBlocks(view) : shrunkBlocks(view),
  };
}

function fullBlocks(view: CardView): KnownBlock[] {
  const { alert, place } = view;
  const heading = `${severityDot[alert.severity]} ${alert.severity}  ${title(alert, headerTitleLength)}`;
  const address = buttonAddress(place.alertUrl) ? [] : [place.alertUrl];
  return [
    header(heading),
    ...mentionBlocks(view),
    context("facts", [factsLine(view), ...address]),
    ...distinguishingBlocks(view),
    ...summary(view),
    ...(alert.runbook?.trim() ? [pointerBlock("Runbook", alert.runbook)] : []),
    ...(alert.reference?.trim() ? [pointerBlock("Reference", alert.reference)] : []),
    context("state", [openStateLine(view), ...(view.mirrored ? [repliesKept] : [])]),
    ...noteBlocks(view),
    drawControls(view, true),
    ...linkBlocks(view),
  ];
}

function shrunkBlocks(view: CardView): KnownBlock[] {
  const { alert } = view;
  const mark = alert.status === "CLOSED" ? "⚪ Invalid" : "✅ Resolved";
  return [
    header(`${mark}: ${title(alert, headerTitleLength)}`),
    context("state", [closedStateLine(view)]),
    ...noteBlocks(view),
    drawControls(view, false),
  ];
}

function header(text: string): HeaderBlock {
  return { type: "header", block_id: "head", text: plain(text, 150) };
}

function context(blockId: string, lines: string[]): ContextBlock {
  return {
    type: "context",
    block_id: blockId,
    elements: lines.map((line) => plain(oneLine(line, 600), 600)),
  };
}

function distinguishingBlocks({ distinguishing = [] }: CardView): ContextBlock[] {
  const line = distinguishing.map(({ name, value }) => `${name} ${value}`).join(" · ");
  return line ? [context("distinguishing", [line])] : [];
}

/** A block of its own, because nothing from outside may be in mrkdwn that can notify people. */
function mentionBlocks({ mention }: CardView): SectionBlock[] {
  const text = mention ? mentionToken(mention) : "";
  return text
    ? [{ type: "section", block_id: mentionBlockId, text: { type: "mrkdwn", text, verbatim: true } }]
    : [];
}

/** The description, below the full title if the header cuts that. */
function summary({ alert }: CardView): SectionBlock[] {
  const cutTitle =
    title(alert, fullTitleLength) === title(alert, headerTitleLength) ? "" : title(alert, fullTitleLength);
  const description = alert.description?.trim() ? plain(alert.description, summaryLength).text : "";
  const text = [cutTitle, description].filter(Boolean).join("\n");
  return text ? [{ type: "section", block_id: "summary", text: plain(text, 2000) }] : [];
}

function noteBlocks({ note }: CardView): ContextBlock[] {
  return note ? [context("note", [note])] : [];
}

function linkBlocks({ alert, links = [] }: CardView): KnownBlock[] {
  const buttons = links.flatMap(({ label, url }, index) => linkButtons(`link:${index}`, label, url));
  const elements = buttons.slice(0, maxLinks);
  return elements.length > 0 ? [{ type: "actions", block_id: `links:${alert.id}`, elements }] : [];
}
