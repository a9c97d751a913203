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
