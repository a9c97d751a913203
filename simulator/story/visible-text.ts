import { elementsOf } from "../block-kit/rules.ts";
import type { Block } from "../block-kit/shapes/block.ts";
import type { RichTextLeaf, RichTextPart } from "../block-kit/shapes/rich-text.ts";
import type { Text } from "../block-kit/shapes/text.ts";
import type { User } from "../workspace/user.ts";

export type NameOf = (userId: string) => string;

export const nameOf =
  (people: readonly User[]): NameOf =>
  (id) =>
    people.find((person) => person.id === id)?.realName ?? id;

const unescaped = (text: string) =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** What a reader sees of mrkdwn: links as their labels, people as their names. */
export const readMrkdwn = (text: string, name: NameOf): string =>
  unescaped(
    text
      .replace(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g, (_whole, id) => `@${name(id)}`)
      .replace(/<!(channel|here|everyone)>/g, "@$1")
      .replace(/<([^>|]+)\|([^>]*)>/g, "$2")
      .replace(/<([^>]+)>/g, "$1"),
  );

const readText = (text: Text, name: NameOf) =>
  text.type === "mrkdwn" ? readMrkdwn(text.text, name) : text.text;

function readLeaf(leaf: RichTextLeaf, name: NameOf): string {
  switch (leaf.type) {
    case "text":
      return leaf.text;
    case "link":
      return leaf.text ?? leaf.url;
    case "user":
      return `@${name(leaf.user_id)}`;
    case "broadcast":
      return `@${leaf.range}`;
    case "emoji":
      return `:${leaf.name}:`;
    case "date":
      return leaf.fallback ?? "";
    case "channel":
    case "usergroup":
    case "team":
    case "color":
      return "";
    default:
      throw new Error("A leaf of no known kind", { cause: leaf satisfies never });
  }
}

const readPart = (part: RichTextPart, name: NameOf): string =>
  part.type === "rich_text_list"
    ? part.elements.map((section) => readPart(section, name)).join("\n")
    : part.elements.map((leaf) => readLeaf(leaf, name)).join("");

function ownText(block: Block, name: NameOf): string[] {
  switch (block.type) {
    case "header":
      return [block.text.text];
    case "section":
      return [block.text, ...(block.fields ?? [])].flatMap((text) => (text ? [readText(text, name)] : []));
    case "context":
      return block.elements.map((e) => (e.type === "image" ? e.alt_text : readText(e, name)));
    case "input":
      return [block.label.text, ...(block.hint ? [block.hint.text] : [])];
    case "image":
      return [block.title?.text ?? block.alt_text];
    case "rich_text":
      return block.elements.map((part) => readPart(part, name));
    case "actions":
    case "divider":
      return [];
    default:
      throw new Error("A block of no known kind", { cause: block satisfies never });
  }
}

const controlText = (block: Block) =>
  elementsOf(block).flatMap(({ element }) => (element.type === "button" ? [element.text.text] : []));

/** What a reader sees of a message or dialog, line by line: its blocks, else its text. */
export const visibleText = (
  { text, blocks }: { text: string; blocks: readonly Block[] },
  name: NameOf,
): string =>
  blocks.length === 0
    ? readMrkdwn(text, name)
    : blocks.flatMap((block) => [...ownText(block, name), ...controlText(block)]).join("\n");

/** What a message is headed with: its header, or all of it when it has none. */
export function titleOf(message: { text: string; blocks: readonly Block[] }, name: NameOf): string {
  const header = message.blocks.find((block) => block.type === "header");
  return header ? header.text.text : visibleText(message, name);
}
