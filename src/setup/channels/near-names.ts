/** The names that somebody may have meant, best first, at most three. */
export function nearNames(wanted: string, names: Iterable<string>): string[] {
  const near: { name: string; distance: number }[] = [];
  for (const name of new Set(names)) {
    const distance = distanceOf(wanted, name);
    if (distance <= Math.max(2, wanted.length / 3)) near.push({ name, distance });
  }
  near.sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name));
  return near.slice(0, 3).map(({ name }) => name);
}

/** One name within the other is near too: "sec" and "sec-private". */
function distanceOf(wanted: string, name: string): number {
  const within = Math.min(wanted.length, name.length) > 2 && (name.includes(wanted) || wanted.includes(name));
  return within ? 1 : edits(wanted, name);
}

/** How many characters must be added, dropped or replaced (Levenshtein), row by row. */
function edits(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [row, character] of [...from].entries()) {
    const current = [row + 1];
    for (let at = 1; at <= to.length; at++) {
      const replaced = (above[at - 1] ?? 0) + (character === to[at - 1] ? 0 : 1);
      current.push(Math.min(replaced, (above[at] ?? 0) + 1, (current[at - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[to.length] ?? 0;
}
