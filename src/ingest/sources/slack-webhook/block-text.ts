import { z } from "zod";
import { decodeEntities, plainText } from "../../../slack/request/message-text.ts";
import { firstLine, isObject } from "../../read-fields.ts";

/** The words of Block Kit blocks, line by line. Kinds without words, and unknown ones, say nothing. */
function blockText(blocks: unknown[]): string {
  return blocks.flatMap(linesOf).filter(Boolean).join("\n");
}

function linesOf(block: unknown): string[] {
  if (!isObject(block)) return [];
  switch (block.type) {
    case "header":
      return [textObject(block.text)];
    case "section":
      return [block.text, ...list(block.fields)].map(textObject);
    case "context":
      return [list(block.elements).map(textObject).filter(Boolean).join(" ")];
    case "markdown":
      return [string(block.text)];
    case "image":
      return [textObject(block.title) || string(block.alt_text)];
    case "actions":
      return list(block.elements).map(linkButton);
    case "rich_text":
      return list(block.elements).flatMap(richLines);
    default:
      return [];
  }
}

function textObject(given: unknown): string {
  if (!isObject(given)) return "";
  const text = string(given.text);
  return given.type === "mrkdwn" ? plainText(text) : decodeEntities(text);
}

function linkButton(element: unknown): string {
  if (!isObject(element) || !string(element.url)) return "";
  return `${textObject(element.text)} (${string(element.url)})`;
}

function richLines(element: unknown): string[] {
  if (!isObject(element)) return [];
  const inner = list(element.elements);
  if (element.type === "rich_text_list") return inner.flatMap(richLines).map((line) => `- ${line}`);
  return [inner.map(richWord).join("")];
}

function richWord(element: unknown): string {
  if (!isObject(element)) return "";
  switch (element.type) {
    case "text":
      return string(element.text);
    case "link":
      return plainText(`<${string(element.url)}|${string(element.text)}>`);
    case "emoji":
      return `:${string(element.name)}:`;
    case "user":
      return `@${string(element.user_id)}`;
    case "usergroup":
      return `@${string(element.usergroup_id)}`;
    case "broadcast":
      return `@${string(element.range)}`;
    case "channel":
      return `#${string(element.channel_id)}`;
    default:
      return string(element.fallback) || string(element.value);
  }
}

function string(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

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

/** Numbers are taken as Slack takes them; what is no text is as good as absent. */
const text = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null);
const looseList = z.array(z.unknown()).nullish().catch(null);

const field = z.object({ title: text, value: text }).catch({ title: null, value: null });

const attachment = z.object({
  color: text,
  pretext: text,
  title: text,
  title_link: text,
  text,
  fallback: text,
  fields: z.array(field).nullish().catch(null),
  blocks: looseList,
});
export type SlackAttachment = z.infer<typeof attachment>;

const mostAttachments = 100;
const attachments = z
  .array(z.unknown())
  .transform((all) => all.slice(0, mostAttachments))
  .pipe(z.array(attachment.catch({})));

/** What a Slack incoming webhook takes, of which we read the words; `channel`, `username` and icons are not ours. */
export const slackMessage = z.object(
  { text, blocks: looseList, attachments: attachments.nullish().catch(null) },
  "the object that a Slack incoming webhook takes",
);
type SlackMessage = z.infer<typeof slackMessage>;
