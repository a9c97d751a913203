/**
 * Characters that readers can't see but browsers act on, as in `src/slack/text/text.ts`: controls, lone
 * surrogates and Unicode's default-ignorables. Emoji are matched first, since they may contain joiners and tags.
 */
const hidden =
  /(\p{RGI_Emoji})|[[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]--[\n\r\t\uFE0E\uFE0F]]/gv;

/** Spells out hidden characters in text from outside: `⟨U+202E⟩`. For display, not for copying. */
export function reveal(text: string): string {
  return text.replace(hidden, (found, emoji?: string) => emoji ?? codePointOf(found));
}

function codePointOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}
