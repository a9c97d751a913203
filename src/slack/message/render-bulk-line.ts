import type { RichTextElement } from "@slack/types";
import { cut } from "../text/text.ts";
import { escapeText } from "../text/escape-text.ts";
import { oneLine } from "../text/one-line.ts";
import type { SlackMessage } from "./slack-message.ts";

interface BulkLine {
  /** What was done, inert whatever it quotes. */
  sentence: string;
  /** Where the alerts are listed. */
  url: string;
  /** The Slack id of whoever has them now and wasn't the one to choose. */
  mention: string | null;
}

/** One line in a channel for a change of many of its alerts. */
export function renderBulkLine({ sentence, url, mention }: BulkLine): SlackMessage {
  const line = oneLine(sentence, 1200);
  const elements: RichTextElement[] = [{ type: "text", text: `${line} ` }];
  if (mention) elements.push({ type: "user", user_id: mention }, { type: "text", text: " " });
  elements.push({ type: "link", url, text: "See them in Tocsin" });
  return {
    text: escapeText(cut(line, 700)) + (mention ? ` <@${mention}>` : ""),
    blocks: [{ type: "rich_text", block_id: "bulk", elements: [{ type: "rich_text_section", elements }] }],
  };
}
