/**
 * What a reader can't see but a browser obeys, as `src/slack/text/text.ts` has it: controls, half characters,
 * and all that Unicode calls default-ignorable, as bidirectional overrides and zero-width characters. Emoji are
 * matched first, whole: in them joiners and tags do what they show.
 */
const hidden =
  /(\p{RGI_Emoji})|[[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]--[\n\r\t\uFE0E\uFE0F]]/gv;

/** Text from outside with what is hidden in it written out: `⟨U+202E⟩`. For showing, not for copying. */
export function reveal(text: string): string {
  return text.replace(hidden, (found, emoji?: string) => emoji ?? mark(found));
}

function mark(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}
