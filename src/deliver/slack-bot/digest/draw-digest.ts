import type {
  ActionsBlock,
  RichTextBlock,
  RichTextList,
  RichTextSection,
  SectionBlock,
  StaticSelect,
} from "@slack/types";
import { linkButtons } from "../../../triage/card/controls.ts";
import { severityDot } from "../../../slack/text/alert-text.ts";
import type { SlackMessage } from "../../../slack/message/slack-message.ts";
import { cut } from "../../../slack/text/text.ts";
import { escapeText } from "../../../slack/text/escape-text.ts";
import { oneLine } from "../../../slack/text/one-line.ts";
import { plain } from "../../../slack/text/plain.ts";
import { writeDigestId } from "../../../slack/digest/digest-id.ts";
import type { DigestView, NamedAlert } from "../../../slack/digest/digest-view.ts";
import { type DigestWords, digestWords } from "../../../slack/digest/digest-words.ts";

const longestTitle = 120;
const longestDetection = 80;
/** Of a select: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
const mostOptions = 100;

/**
 * The one message for the many alerts of a storm: the CRITICAL and HIGH ones that still wait for their card,
 * the others counted, and a menu that posts a card after all. What comes from outside stands in plain text and
 * in text elements of rich text only.
 */
export function renderDigest(view: DigestView): SlackMessage {
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
