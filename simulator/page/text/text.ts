import { decodeEntities, parseMrkdwn, type Span } from "../../block-kit/mrkdwn.ts";
import type { Text } from "../../block-kit/schema/text.ts";
import { element } from "../dom/element.ts";
import { withEmoji } from "./emoji.ts";

/** Names of people and channels by id, for mentions. */
export type Names = (id: string) => string;

/** Whose names are written, and who reads: one's own name stands out. */
export type Reader = { names: Names; me: string };

const link = (url: string, text: string) =>
  element("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, text);

const mention = (text: string, kind = "mention") => element("span", { class: kind }, text);

const tags = { bold: "b", italic: "i", strike: "s", quote: "blockquote" } as const;

/** A piece of formatted text as a node. */
export function spanNode(span: Span, reader: Reader): Node {
  switch (span.kind) {
    case "text":
      return element("span", {}, ...withEmoji(span.text));
    case "bold":
    case "italic":
    case "strike":
    case "quote":
      return element(tags[span.kind], {}, ...span.of.map((inner) => spanNode(inner, reader)));
    case "code":
      return element("code", {}, span.text);
    case "preformatted":
      return element("pre", {}, span.text);
    case "link":
      return link(span.url, span.text);
    case "user":
      return mention(`@${reader.names(span.id)}`, span.id === reader.me ? "mention me" : "mention");
    case "channel":
      return mention(`#${reader.names(span.id)}`);
    case "usergroup":
      return mention(`@${span.id}`, "broadcast");
    case "broadcast":
      return mention(`@${span.range}`, "broadcast");
    case "break":
      return element("br");
    default:
      throw new Error("A span of no known kind", { cause: span satisfies never });
  }
}

/** mrkdwn as nodes. */
export const mrkdwnNodes = (text: string, reader: Reader, verbatim = false): Node[] =>
  parseMrkdwn(text, verbatim).map((span) => spanNode(span, reader));

/** A text object as nodes: plain text is never formatted, though its entities are read. */
export const textNodes = (text: Text, reader: Reader): Node[] =>
  text.type === "mrkdwn"
    ? mrkdwnNodes(text.text, reader, text.verbatim)
    : withEmoji(decodeEntities(text.text));
