import { type MarkdownLine, parseMarkdown } from "../../block-kit/markdown.ts";
import { leafText } from "../../block-kit/rich-text.ts";
import type { RichTextLeaf, RichTextPart } from "../../block-kit/schema/rich-text.ts";
import { element } from "../dom/element.ts";
import { type Reader, spanNode } from "./text.ts";

const mentions = new Set(["user", "channel", "usergroup", "broadcast"]);

function leafNode(leaf: RichTextLeaf, reader: Reader): Node {
  const text = leafText(leaf, reader.names);
  let node: Node = document.createTextNode(text);
  if (leaf.type === "link")
    node = element("a", { href: leaf.url, target: "_blank", rel: "noreferrer noopener" }, text);
  if (mentions.has(leaf.type)) {
    const isMe = leaf.type === "user" && leaf.user_id === reader.me;
    node = element("span", { class: isMe ? "mention me" : "mention" }, text);
  }
  const { bold, italic, strike, code } = leaf.style ?? {};
  if (code) node = element("code", {}, node);
  if (bold) node = element("b", {}, node);
  if (italic) node = element("i", {}, node);
  return strike ? element("s", {}, node) : node;
}

function partNode(part: RichTextPart, reader: Reader): Node {
  switch (part.type) {
    case "rich_text_list":
      return element(
        part.style === "ordered" ? "ol" : "ul",
        {},
        ...part.elements.map((section) =>
          element("li", {}, ...section.elements.map((leaf) => leafNode(leaf, reader))),
        ),
      );
    case "rich_text_preformatted":
      return element("pre", {}, ...part.elements.map((leaf) => leafNode(leaf, reader)));
    case "rich_text_quote":
      return element("blockquote", {}, ...part.elements.map((leaf) => leafNode(leaf, reader)));
    case "rich_text_section":
      return element("div", { class: "rich" }, ...part.elements.map((leaf) => leafNode(leaf, reader)));
    default:
      throw new Error("Unknown type of rich text part", { cause: part satisfies never });
  }
}

/** Draws a rich_text block. */
export const richTextNodes = (parts: readonly RichTextPart[], reader: Reader): Node[] =>
  parts.map((part) => partNode(part, reader));

const tags = { heading: "h3", paragraph: "p", bullet: "li", quote: "blockquote", code: "div" } as const;

function lineNode(line: MarkdownLine, reader: Reader): HTMLElement {
  if (line.kind === "rule") return element("hr");
  const inside = line.of.map((span) => spanNode(span, reader));
  if (line.kind === "number") return element("li", { value: String(line.at) }, ...inside);
  return element(tags[line.kind], {}, ...inside);
}

const listOf = { bullet: "ul", number: "ol" } as const;
const isInList = (kind: string): kind is keyof typeof listOf => kind in listOf;

/** Draws a markdown block; consecutive list items go into one list. */
export function markdownNodes(text: string, reader: Reader): HTMLElement[] {
  const nodes: HTMLElement[] = [];
  let last: string | undefined;
  for (const line of parseMarkdown(text)) {
    const node = lineNode(line, reader);
    if (!isInList(line.kind)) nodes.push(node);
    else if (line.kind === last) nodes.at(-1)?.append(node);
    else nodes.push(element(listOf[line.kind], {}, node));
    last = line.kind;
  }
  return nodes;
}
