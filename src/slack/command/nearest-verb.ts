import { type Verb, verbs } from "./command.ts";

/** The word of ours that somebody may have meant; null when none is near. */
export function nearestVerb(word: string): Verb | null {
  const typed = word.toLowerCase().slice(0, 20);
  const [nearest] = verbs
    .map((verb) => ({ verb, distance: typed.length > 1 && verb.startsWith(typed) ? 0 : apart(typed, verb) }))
    .sort((one, other) => one.distance - other.distance);
  return nearest && nearest.distance <= 2 ? nearest.verb : null;
}

/** How many letters must be put in, taken out or changed. */
function apart(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (let to = 1; to <= other.length; to++) {
      const changed = (row[to - 1] ?? 0) + (other[to - 1] === letter ? 0 : 1);
      next.push(Math.min(changed, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
