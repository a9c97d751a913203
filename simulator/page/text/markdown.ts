import { type MarkdownLine, parseMarkdown } from "../../block-kit/markdown.ts";
import { element } from "../dom/element.ts";
import { type Reader, spanNode } from "./text.ts";

const tags = { heading: "h3", paragraph: "p", bullet: "li", quote: "blockquote", code: "div" } as const;

function lineNode(line: MarkdownLine, reader: Reader): HTMLElement {
  if (line.kind === "rule") return element("hr");
  const inside = line.of.map((span) => spanNode(span, reader));
  if (line.kind === "number") return element("li", { value: String(line.at) }, ...inside);
  return element(tags[line.kind], {}, ...inside);
}

const listOf = { bullet: "ul", number: "ol" } as const;
const isInList = (kind: string): kind is keyof typeof listOf => kind in listOf;

/** A markdown block as nodes: entries of a list that follow each other stand in one. */
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
