/** The keys of a record of words, in their order, with their type. */
export function keysOf<K extends string>(words: Partial<Record<K, unknown>>): K[] {
  const isKey = (key: string): key is K => Object.hasOwn(words, key);
  return Object.keys(words).filter(isKey);
}

/** What a Select offers for a record of words. */
export function optionsOf<K extends string>(words: Record<K, string>): { value: K; label: string }[] {
  return keysOf(words).map((value) => ({ value, label: words[value] }));
}
