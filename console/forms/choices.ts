/** The keys of a record in their order, with their type. */
export function keysOf<K extends string>(record: Partial<Record<K, unknown>>): K[] {
  const isKey = (key: string): key is K => Object.hasOwn(record, key);
  return Object.keys(record).filter(isKey);
}

/** The options of a Select for a record of labels. */
export function optionsOf<K extends string>(labels: Record<K, string>): { value: K; label: string }[] {
  return keysOf(labels).map((value) => ({ value, label: labels[value] }));
}

/** Shown at the field of a new password. */
export const passwordHint =
  "At least 12 characters: not a common password, and without your name or email. Four random words are good.";
