import type { RichTextElement } from "@slack/types";
import type { SlackMessage } from "../../../slack/message.ts";
import { cut, escapeText, oneLine } from "../../../slack/text/text.ts";

const longestSentence = 1200;
const mostSentences = 20;
/** Escaping may make five characters of one, and Slack recommends at most 4,000. */
const longestText = 700;

interface News {
  /** Of the alert: a notification shows the reply without its card. */
  number: number;
  sentences: readonly string[];
}

/**
 * One reply in a card's thread for all that happened since the last one, a line each. The sentences are
 * inert, whatever they quote; the one person who may be mentioned is named by Slack id.
 */
export function drawReply({ number, sentences }: News, mention: string | null = null): SlackMessage {
  const left = sentences.length - mostSentences;
  const rest = left > 0 ? [`${left} more changes are in the history in Tocsin`] : [];
  const told = [...sentences.slice(0, mostSentences).map((text) => oneLine(text, longestSentence)), ...rest];
  const text = told.filter(Boolean).join("\n") || "–";
  const elements: RichTextElement[] = [{ type: "text", text }];
  if (mention) elements.push({ type: "text", text: " " }, { type: "user", user_id: mention });
  return {
    text: escapeText(cut(`#${number}: ${text}`, longestText)) + (mention ? ` <@${mention}>` : ""),
    blocks: [{ type: "rich_text", elements: [{ type: "rich_text_section", elements }] }],
  };
}
