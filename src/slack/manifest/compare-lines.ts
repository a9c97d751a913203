export interface Line {
  kind: "same" | "added" | "removed";
  text: string;
}

/** Two texts line by line: what must go from the first and what must come to give the second. */
export function compareLines(before: string, after: string): Line[] {
  const [old, now] = [lines(before), lines(after)];
  const common = commonLengths(old, now);
  const found: Line[] = [];
  let [at, to] = [0, 0];
  while (at < old.length || to < now.length) {
    const [left, right] = [old[at], now[to]];
    if (left !== undefined && left === right) {
      found.push({ kind: "same", text: left });
      at++;
      to++;
    } else if (left !== undefined && lengthAt(common, at + 1, to) >= lengthAt(common, at, to + 1)) {
      found.push({ kind: "removed", text: left });
      at++;
    } else {
      found.push({ kind: "added", text: right ?? "" });
      to++;
    }
  }
  return found;
}

function lines(text: string): string[] {
  return text.replace(/\n$/, "").split("\n");
}

/** For each pair of places: how many lines what follows them has in common, in order. */
function commonLengths(old: string[], now: string[]): number[][] {
  const table = Array.from({ length: old.length + 1 }, () => Array<number>(now.length + 1).fill(0));
  for (let at = old.length - 1; at >= 0; at--) {
    for (let to = now.length - 1; to >= 0; to--) {
      const row = table[at];
      if (!row) continue;
      row[to] =
        old[at] === now[to]
          ? lengthAt(table, at + 1, to + 1) + 1
          : Math.max(lengthAt(table, at + 1, to), lengthAt(table, at, to + 1));
    }
  }
  return table;
}

/** Beyond the end of either text nothing is in common, and nothing may be taken from it. */
function lengthAt(table: number[][], at: number, to: number): number {
  return table[at]?.[to] ?? -1;
}
