import type { PlainTextElement } from "@slack/types";

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** A grapheme cluster can be arbitrarily long (a letter with 10,000 accents); beyond this it may be split. */
const maxClusterLength = 64;

/**
 * Cuts text to at most `limit` UTF-16 units, with "…" at the end. Slack doesn't say whether its limits count UTF-16
 * units or code points; there are never fewer UTF-16 units.
 */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, boundary(text, limit - 1)).trimEnd()}…`;
}

/** The last index up to `index` that splits no surrogate pair and no grapheme cluster of usual length. */
export function boundary(text: string, index: number): number {
  if (index >= text.length) return text.length;
  const end = wholeCharacter(text, index);
  const from = wholeCharacter(text, Math.max(0, end - maxClusterLength));
  const cluster = graphemes.segment(text.slice(from, end + maxClusterLength)).containing(end - from);
  return cluster && cluster.index > 0 ? from + cluster.index : end;
}

function wholeCharacter(text: string, index: number): number {
  const splits = /^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text.slice(Math.max(0, index - 1), index + 1));
  return index > 0 && splits ? index - 1 : index;
}

/** Escapes text for mrkdwn; apply it once, last (https://docs.slack.dev/messaging/formatting-message-text#escaping). */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** External text on one line of at most `limit` UTF-16 units, with invisible characters written out. May be empty. */
export function oneLine(text: string, limit: number): string {
  return revealAndCut(text.replace(/[ \t\r\n]+/g, " ").trim(), limit);
}

/**
 * Splits text into pages of at most `limit` UTF-16 units, at a line break if that leaves a page at least half full.
 * The pages join to the whole text; an empty text has one empty page.
 */
export function pages(text: string, limit: number): string[] {
  const result: string[] = [];
  let from = 0;
  while (text.length - from > limit) {
    const line = text.lastIndexOf("\n", from + limit - 1) + 1;
    const end = line - from >= limit / 2 ? line : boundary(text, from + limit);
    result.push(text.slice(from, end));
    from = end;
  }
  return [...result, text.slice(from)];
}

/** A plain_text object, which Slack neither parses nor formats. An empty text becomes "–": Slack refuses empty ones. */
export function plain(text: string, limit: number): PlainTextElement {
  return { type: "plain_text", text: revealAndCut(text.trim(), limit) || "–", emoji: false };
}

/**
 * Invisible characters that affect rendering: controls, lone surrogates, line separators, interlinear marks and
 * default-ignorable code points (bidirectional overrides, zero-width characters, fillers, tags). Emoji are matched
 * first, since joiners and tags are part of them.
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
 * The beginning of an external text, revealed and cut to at most `limit` UTF-16 units. Reading twice as many units is
 * enough, since `reveal` shortens only `\r\n`.
 */
export function revealAndCut(text: string, limit: number): string {
  return cut(reveal(text.slice(0, boundary(text, 2 * limit + 2))), limit);
}
