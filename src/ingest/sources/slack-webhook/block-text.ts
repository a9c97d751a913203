import { decodeEntities, plainText } from "../../../slack/request/message-text.ts";
import { isObject } from "../../safe/is-object.ts";

/** The words of Block Kit blocks, line by line. Kinds without words, and unknown ones, say nothing. */
export function blockText(blocks: unknown[]): string {
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
