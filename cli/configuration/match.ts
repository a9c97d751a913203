import type { Current, Section, Values } from "./section.ts";

/** A thing of the file with the one in Tocsin that it describes; null if there is none yet. */
export interface Match {
  wanted: Values;
  current: Current | null;
  /** Its place in the file's list. */
  at: number;
}

export interface Matched {
  pairs: Match[];
  /** What is in Tocsin only. */
  others: Current[];
}

/** Finds for each thing of the file the one in Tocsin: by its id, else its name, else the name that it had. */
export function matchThings(
  section: Section,
  items: readonly Values[],
  currents: readonly Current[],
): Matched {
  const found = new Map<number, Current>();
  const left = new Set(currents);
  const by = (isIt: (wanted: Values, current: Current) => boolean) => {
    for (const [at, wanted] of items.entries()) {
      const current = found.has(at) ? undefined : [...left].find((one) => isIt(wanted, one));
      if (!current) continue;
      found.set(at, current);
      left.delete(current);
    }
  };
  const keyOf = (values: Values) => section.identity(values).toLowerCase();
  by(({ id }, current) => id !== undefined && id === current.id);
  // An id that is not there is of another Tocsin.
  by((wanted, { values }) => section.identity(wanted) === section.identity(values));
  by((wanted, { values }) => keyOf(wanted) === keyOf(values));
  const { nameField } = section;
  if (nameField) by(({ was }, { values }) => typeof was === "string" && was.toLowerCase() === keyOf(values));
  const pairs = items.map((wanted, at) => ({ wanted, at, current: found.get(at) ?? null }));
  return { pairs, others: [...left] };
}

/** The places of things that are the same as an earlier one, with the place of that one. */
export function findRepeats(section: Section, items: readonly Values[]): { at: number; first: number }[] {
  const keys = items.map((values) => section.identity(values).toLowerCase());
  return keys.flatMap((key, at) => {
    const first = keys.indexOf(key);
    const ids = [items[first]?.id, items[at]?.id];
    const areTwo = ids.every((id) => id !== undefined) && ids[0] !== ids[1];
    return first === at || areTwo ? [] : [{ at, first }];
  });
}
