/** The keys of a record of words, in their order, with their type. */
export function keysOf<K extends string>(words: Partial<Record<K, unknown>>): K[] {
  const isKey = (key: string): key is K => Object.hasOwn(words, key);
  return Object.keys(words).filter(isKey);
}
