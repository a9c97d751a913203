import { decodeEntities, parseMrkdwn, type Span } from "../../block-kit/mrkdwn.ts";
import type { Text } from "../../block-kit/shapes/text.ts";
import { element } from "../basics/element.ts";
import { withEmoji } from "./emoji.ts";

/** Names of people and channels by id, for mentions. */
export type Names = (id: string) => string;

const link = (url: string, text: string) =>
  element("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, text);

const mention = (text: string, kind = "mention") => element("span", { class: kind }, text);

const tags = { bold: "b", italic: "i", strike: "s", quote: "blockquote" } as const;

function spanNode(span: Span, names: Names): Node {
  switch (span.kind) {
    case "text":
      return element("span", {}, ...withEmoji(span.text));
    case "bold":
    case "italic":
    case "strike":
    case "quote":
      return element(tags[span.kind], {}, ...span.of.map((inner) => spanNode(inner, names)));
    case "code":
      return element("code", {}, span.text);
    case "preformatted":
      return element("pre", {}, span.text);
    case "link":
      return link(span.url, span.text);
    case "user":
      return mention(`@${names(span.id)}`);
    case "channel":
      return mention(`#${names(span.id)}`);
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
export const mrkdwnNodes = (text: string, names: Names, verbatim = false): Node[] =>
  parseMrkdwn(text, verbatim).map((span) => spanNode(span, names));

/** A text object as nodes: plain text is never formatted, though its entities are read. */
export const textNodes = (text: Text, names: Names): Node[] =>
  text.type === "mrkdwn"
    ? mrkdwnNodes(text.text, names, text.verbatim)
    : withEmoji(decodeEntities(text.text));
