import { plainText } from "../../slack/request/message-text.ts";
import { firstLine } from "../words/first-line.ts";
import { blockText } from "../sources/slack-webhook/block-text.ts";
import type { SlackAttachment, SlackMessage } from "./slack-message.ts";

/**
 * A message as title and description in plain text; null when it has no words. An attachment's title goes
 * before its pretext, which many tools fill with their own name.
 */
export function messageWords(message: SlackMessage): { title: string; description: string } | null {
  const attachments = message.attachments ?? [];
  const spoken = plainText(message.text ?? "");
  const blocks = blockText(message.blocks ?? []);
  const shown = attachments.map(attachmentText);
  const titles = attachments.map((attachment) => plainText(attachment.title ?? ""));
  const title = firstTelling([spoken, blocks, ...titles, ...shown]);
  if (!title) return null;
  const all = [blocks ? "" : spoken, blocks, ...shown].filter(Boolean).join("\n");
  return { title, description: withoutLine(all, title) };
}

function attachmentText(attachment: SlackAttachment): string {
  const { pretext, title, text, fallback } = attachment;
  const words = [pretext, title, text].map((part) => plainText(part ?? "").trim());
  const all = [...words, blockText(attachment.blocks ?? [])].filter(Boolean).join("\n");
  return all || plainText(fallback ?? "");
}

/** A line that only calls somebody ("@channel") is no title while there is another. */
function firstTelling(texts: string[]): string | null {
  const withoutCalls = texts.map((text) => text.replace(/^[ \t]*@\S+(?:[ \t]+@\S+)*[ \t]*$/gm, ""));
  return firstLine(withoutCalls.find((text) => text.trim()) ?? texts.find((text) => text.trim()));
}

function withoutLine(text: string, title: string): string {
  const lines = text.split("\n");
  const at = lines.findIndex((line) => line.trim() === title);
  return lines
    .filter((_, index) => index !== at)
    .join("\n")
    .trim();
}
