import { z } from "zod";
import { decodeEntities, plainText } from "../../../slack/request/message-text.ts";
import { firstLine, isObject } from "../../read-fields.ts";

/** The text of Block Kit blocks, line by line. Unknown blocks are ignored. */
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
 * The title and description of a message in plain text; null if it has no text. An attachment's title wins
 * over its pretext, which many tools fill with their own name.
 */
export function titleAndDescription(message: SlackMessage): { title: string; description: string } | null {
  const attachments = message.attachments ?? [];
  const text = plainText(message.text ?? "");
  const blocks = blockText(message.blocks ?? []);
  const attached = attachments.map(attachmentText);
  const titles = attachments.map((attachment) => plainText(attachment.title ?? ""));
  const title = firstMeaningfulLine([text, blocks, ...titles, ...attached]);
  if (!title) return null;
  const all = [blocks ? "" : text, blocks, ...attached].filter(Boolean).join("\n");
  return { title, description: withoutLine(all, title) };
}

function attachmentText(attachment: SlackAttachment): string {
  const { pretext, title, text, fallback } = attachment;
  const parts = [pretext, title, text].map((part) => plainText(part ?? "").trim());
  const all = [...parts, blockText(attachment.blocks ?? [])].filter(Boolean).join("\n");
  return all || plainText(fallback ?? "");
}

/** The first line that is not blank. Lines with only mentions ("@channel") count only without other lines. */
function firstMeaningfulLine(texts: string[]): string | null {
  const withoutMentions = texts.map((text) => text.replace(/^[ \t]*@\S+(?:[ \t]+@\S+)*[ \t]*$/gm, ""));
  return firstLine(withoutMentions.find((text) => text.trim()) ?? texts.find((text) => text.trim()));
}

function withoutLine(text: string, title: string): string {
  const lines = text.split("\n");
  const at = lines.findIndex((line) => line.trim() === title);
  return lines
    .filter((_, index) => index !== at)
    .join("\n")
    .trim();
}

/** Accepts numbers, as Slack does; other values count as absent. */
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

const maxAttachments = 100;
const attachments = z
  .array(z.unknown())
  .transform((all) => all.slice(0, maxAttachments))
  .pipe(z.array(attachment.catch({})));

/** The text fields of a Slack incoming webhook's body; `channel`, `username` and icons are ignored. */
export const slackMessage = z.object(
  { text, blocks: looseList, attachments: attachments.nullish().catch(null) },
  "the object that a Slack incoming webhook takes",
);
type SlackMessage = z.infer<typeof slackMessage>;
