import { type MarkdownLine, parseMarkdown } from "../block-kit/markdown.ts";
import { decodeEntities, parseMrkdwn, type Span } from "../block-kit/mrkdwn.ts";
import { partText } from "../block-kit/rich-text.ts";
import { elementsOf } from "../block-kit/rules.ts";
import type { Block, Cell } from "../block-kit/schema/block.ts";
import type { Text } from "../block-kit/schema/text.ts";
import type { AttachmentView } from "../control/message-view.ts";
import type { User } from "../workspace/user.ts";

export type NameOf = (userId: string) => string;

export const nameOf =
  (people: readonly User[]): NameOf =>
  (id) =>
    people.find((person) => person.id === id)?.realName ?? id;

const readSpan = (span: Span, name: NameOf): string => {
  switch (span.kind) {
    case "text":
    case "link":
    case "code":
    case "preformatted":
      return span.text;
    case "bold":
    case "italic":
    case "strike":
    case "quote":
      return span.of.map((inner) => readSpan(inner, name)).join("");
    case "user":
      return `@${name(span.id)}`;
    case "broadcast":
      return `@${span.range}`;
    case "channel":
    case "usergroup":
      return span.id;
    case "break":
      return "\n";
    default:
      throw new Error("Unknown kind of span", { cause: span satisfies never });
  }
};

const readMrkdwn = (text: string, name: NameOf) =>
  parseMrkdwn(text)
    .map((span) => readSpan(span, name))
    .join("");

const readText = (text: Text, name: NameOf) =>
  text.type === "mrkdwn" ? readMrkdwn(text.text, name) : decodeEntities(text.text);

const readCell = (cell: Cell, name: NameOf) =>
  cell.type === "raw_text" ? cell.text : cell.elements.map((part) => partText(part, name)).join("\n");

const readLine = (line: MarkdownLine, name: NameOf): string =>
  line.kind === "rule" ? "" : line.of.map((span) => readSpan(span, name)).join("");

const readMarkdown = (text: string, name: NameOf) =>
  parseMarkdown(text)
    .map((line) => readLine(line, name))
    .join("\n");

function ownText(block: Block, name: NameOf): string[] {
  switch (block.type) {
    case "header":
      return [decodeEntities(block.text.text)];
    case "section":
      return [block.text, ...(block.fields ?? [])].flatMap((text) => (text ? [readText(text, name)] : []));
    case "context":
      return block.elements.map((e) => (e.type === "image" ? e.alt_text : readText(e, name)));
    case "input":
      return [block.label.text, ...(block.hint ? [block.hint.text] : [])];
    case "image":
      return [block.title?.text ?? block.alt_text];
    case "rich_text":
      return block.elements.map((part) => partText(part, name));
    case "markdown":
      return [readMarkdown(block.text, name)];
    case "alert":
      return [readText(block.text, name)];
    case "table":
      return block.rows.map((cells) => cells.map((cell) => readCell(cell, name)).join(" | "));
    case "actions":
    case "divider":
      return [];
    default:
      throw new Error("Unknown block type", { cause: block satisfies never });
  }
}

const controlText = (block: Block) =>
  elementsOf(block).flatMap(({ element }) => (element.type === "button" ? [element.text.text] : []));

const blocksText = (blocks: readonly Block[], name: NameOf) =>
  blocks.flatMap((block) => [...ownText(block, name), ...controlText(block)]);

const attachmentText = (
  { pretext, author_name, title, text, fields, blocks, footer }: AttachmentView,
  name: NameOf,
) => [
  ...[pretext, author_name, title, text, ...fields.flatMap((field) => [field.title, field.value])]
    .filter((line) => line !== undefined)
    .map((line) => readMrkdwn(line, name)),
  ...blocksText(blocks, name),
  ...(footer ? [footer] : []),
];

/** The visible text of a message or dialog, line by line: its blocks or else its text, and its attachments. */
export const visibleText = (
  {
    text,
    blocks,
    attachments = [],
  }: { text: string; blocks: readonly Block[]; attachments?: readonly AttachmentView[] },
  name: NameOf,
): string =>
  [
    ...(blocks.length === 0 && text ? [readMrkdwn(text, name)] : blocksText(blocks, name)),
    ...attachments.flatMap((one) => attachmentText(one, name)),
  ].join("\n");

/** The title of a message: its header, or its whole text if it has none. */
export function titleOf(message: { text: string; blocks: readonly Block[] }, name: NameOf): string {
  const header = message.blocks.find((block) => block.type === "header");
  return header ? decodeEntities(header.text.text) : visibleText(message, name);
}
