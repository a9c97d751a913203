import type { RichTextElement } from "@slack/types";
import type { SlackMessage } from "../../../slack/message.ts";
import { cut, escapeText, oneLine } from "../../../slack/text/text.ts";

const maxSentenceLength = 1200;
const maxSentences = 20;
/** Escaping can turn one character into five, and Slack recommends at most 4,000. */
const maxTextLength = 700;

interface ReplyContent {
  /** The alert's number, since a notification shows the reply without its card. */
  number: number;
  sentences: readonly string[];
}

/**
 * Draws one reply with a line for each sentence. The sentences are inert; only `mention`, a Slack user ID,
 * notifies somebody.
 */
export function drawReply({ number, sentences }: ReplyContent, mention: string | null = null): SlackMessage {
  const left = sentences.length - maxSentences;
  const rest = left > 0 ? [`${left} more changes are in the history in Tocsin`] : [];
  const lines = [
    ...sentences.slice(0, maxSentences).map((text) => oneLine(text, maxSentenceLength)),
    ...rest,
  ];
  const text = lines.filter(Boolean).join("\n") || "–";
  const elements: RichTextElement[] = [{ type: "text", text }];
  if (mention) elements.push({ type: "text", text: " " }, { type: "user", user_id: mention });
  return {
    text: escapeText(cut(`#${number}: ${text}`, maxTextLength)) + (mention ? ` <@${mention}>` : ""),
    blocks: [{ type: "rich_text", elements: [{ type: "rich_text_section", elements }] }],
  };
}
