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
