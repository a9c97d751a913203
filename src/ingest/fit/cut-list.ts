import { cutText } from "./cut-text.ts";
import { limits } from "./limits.ts";

/** The list without blanks and repeats, bounded in length and in each entry; the last one says what is missing. */
export function cutList(entries: string[]): string[] {
  const kept = [...new Set(entries.map((entry) => entry.trim()))].filter(Boolean);
  if (kept.length <= limits.listEntries) return kept.map((entry) => cutText(entry, limits.text));
  const some = kept.slice(0, limits.listEntries - 1).map((entry) => cutText(entry, limits.text));
  return [...some, `… [${kept.length - some.length} more cut]`];
}
