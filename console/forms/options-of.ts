import { keysOf } from "./choices.ts";

/** What a Select offers for a record of words. */
export function optionsOf<K extends string>(words: Record<K, string>): { value: K; label: string }[] {
  return keysOf(words).map((value) => ({ value, label: words[value] }));
}
