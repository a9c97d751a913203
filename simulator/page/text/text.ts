import { decodeEntities, parseMrkdwn, type Span } from "../../block-kit/mrkdwn.ts";
import type { Text } from "../../block-kit/schema/text.ts";
import { element } from "../dom/element.ts";
import { withEmoji } from "./emoji.ts";

/** Returns the name of a person or channel by ID, for mentions. */
export type Names = (id: string) => string;

/** Names for mentions, and the reader's ID, whose mentions are highlighted. */
export type Reader = { names: Names; me: string };

const link = (url: string, text: string) =>
  element("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, text);

const mention = (text: string, kind = "mention") => element("span", { class: kind }, text);

const tags = { bold: "b", italic: "i", strike: "s", quote: "blockquote" } as const;

/** Draws a piece of formatted text. */
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
      throw new Error("Unknown kind of span", { cause: span satisfies never });
  }
}

/** Draws mrkdwn. */
export const mrkdwnNodes = (text: string, reader: Reader, verbatim = false): Node[] =>
  parseMrkdwn(text, verbatim).map((span) => spanNode(span, reader));

/** Draws a text object. Plain text is not formatted, but its entities are decoded. */
export const textNodes = (text: Text, reader: Reader): Node[] =>
  text.type === "mrkdwn"
    ? mrkdwnNodes(text.text, reader, text.verbatim)
    : withEmoji(decodeEntities(text.text));
