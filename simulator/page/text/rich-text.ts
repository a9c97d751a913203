import { leafText } from "../../block-kit/leaf-text.ts";
import type { RichTextLeaf, RichTextPart } from "../../block-kit/shapes/rich-text.ts";
import { element } from "../basics/element.ts";
import type { Names } from "./text.ts";

const mentions = new Set(["user", "channel", "usergroup", "broadcast"]);

function leafNode(leaf: RichTextLeaf, names: Names): Node {
  const text = leafText(leaf, names);
  let node: Node = document.createTextNode(text);
  if (leaf.type === "link")
    node = element("a", { href: leaf.url, target: "_blank", rel: "noreferrer noopener" }, text);
  if (mentions.has(leaf.type)) node = element("span", { class: "mention" }, text);
  const { bold, italic, strike, code } = leaf.style ?? {};
  if (code) node = element("code", {}, node);
  if (bold) node = element("b", {}, node);
  if (italic) node = element("i", {}, node);
  return strike ? element("s", {}, node) : node;
}

function partNode(part: RichTextPart, names: Names): Node {
  switch (part.type) {
    case "rich_text_list":
      return element(
        part.style === "ordered" ? "ol" : "ul",
        {},
        ...part.elements.map((section) =>
          element("li", {}, ...section.elements.map((leaf) => leafNode(leaf, names))),
        ),
      );
    case "rich_text_preformatted":
      return element("pre", {}, ...part.elements.map((leaf) => leafNode(leaf, names)));
    case "rich_text_quote":
      return element("blockquote", {}, ...part.elements.map((leaf) => leafNode(leaf, names)));
    case "rich_text_section":
      return element("div", { class: "rich" }, ...part.elements.map((leaf) => leafNode(leaf, names)));
    default:
      throw new Error("A part of no known kind", { cause: part satisfies never });
  }
}

/** A rich_text block as nodes. */
export const richTextNodes = (parts: readonly RichTextPart[], names: Names): Node[] =>
  parts.map((part) => partNode(part, names));
