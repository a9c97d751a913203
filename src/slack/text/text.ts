import type { PlainTextElement } from "@slack/types";

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** A cluster may be arbitrarily long (a letter under 10,000 accents); past this we cut within it. */
const longestCluster = 64;

/**
 * Text of at most `limit` UTF-16 units, ending in "…" where something was left out. Slack doesn't say
 * whether its limits count UTF-16 units or code points; the first is never the smaller number.
 */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, boundary(text, limit - 1)).trimEnd()}…`;
}

/** The last place up to `index` that splits neither a surrogate pair nor, within reason, a cluster. */
export function boundary(text: string, index: number): number {
  if (index >= text.length) return text.length;
  const end = wholeCharacter(text, index);
  const from = wholeCharacter(text, Math.max(0, end - longestCluster));
  const cluster = graphemes.segment(text.slice(from, end + longestCluster)).containing(end - from);
  return cluster && cluster.index > 0 ? from + cluster.index : end;
}

function wholeCharacter(text: string, index: number): number {
  const splits = /^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text.slice(Math.max(0, index - 1), index + 1));
  return index > 0 && splits ? index - 1 : index;
}

/**
 * Makes text inert where Slack parses mrkdwn. Apply it once, last
 * (https://docs.slack.dev/messaging/formatting-message-text#escaping).
 */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Outside text on one line: nothing hidden, no line breaks, at most `limit` UTF-16 units. May be empty. */
export function oneLine(text: string, limit: number): string {
  return show(text.replace(/[ \t\r\n]+/g, " ").trim(), limit);
}

/**
 * The text in pages of at most `limit` UTF-16 units that join to the whole, each ending with a line where
 * that leaves it at least half full. At least one page, which is empty for an empty text.
 */
export function pages(text: string, limit: number): string[] {
  const found: string[] = [];
  let from = 0;
  while (text.length - from > limit) {
    const line = text.lastIndexOf("\n", from + limit - 1) + 1;
    const end = line - from >= limit / 2 ? line : boundary(text, from + limit);
    found.push(text.slice(from, end));
    from = end;
  }
  return [...found, text.slice(from)];
}

/** The one text object that Slack neither parses nor formats. Slack refuses an empty one: that shows "–". */
export function plain(text: string, limit: number): PlainTextElement {
  return { type: "plain_text", text: show(text.trim(), limit) || "–", emoji: false };
}

/**
 * What a reader can't see but a renderer obeys: controls, lone surrogates, line separators, interlinear
 * marks, and all that Unicode calls default-ignorable, which covers bidirectional overrides, zero-width
 * characters, fillers and tags. Emoji are matched first, whole: in them joiners and tags do what they show.
 */
const hidden =
  /(\p{RGI_Emoji})|[[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]--[\n\t\uFE0E\uFE0F]]/gv;

/** The same text with invisible and direction-changing characters written out: `⟨U+202E⟩`. */
export function reveal(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(hidden, (found, emoji?: string) => emoji ?? mark(found));
}

function mark(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

/**
 * The beginning of an outside text as people may see it: nothing hidden in it, at most `limit` UTF-16
 * units. Only twice that is looked at, which is enough, since revealing shortens nothing but `\r\n`.
 */
export function show(text: string, limit: number): string {
  return cut(reveal(text.slice(0, boundary(text, 2 * limit + 2))), limit);
}
