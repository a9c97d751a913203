export interface DiffLine {
  kind: "same" | "added" | "removed";
  text: string;
}

/** The difference of two texts, line by line, in order. A final line break is ignored. */
export function compareLines(before: string, after: string): DiffLine[] {
  const [old, now] = [lines(before), lines(after)];
  const common = commonLengths(old, now);
  const differences: DiffLine[] = [];
  let [at, to] = [0, 0];
  while (at < old.length || to < now.length) {
    const [left, right] = [old[at], now[to]];
    if (left !== undefined && left === right) {
      differences.push({ kind: "same", text: left });
      at++;
      to++;
    } else if (left !== undefined && lengthAt(common, at + 1, to) >= lengthAt(common, at, to + 1)) {
      differences.push({ kind: "removed", text: left });
      at++;
    } else {
      differences.push({ kind: "added", text: right ?? "" });
      to++;
    }
  }
  return differences;
}

function lines(text: string): string[] {
  return text.replace(/\n$/, "").split("\n");
}

/** For each pair of positions, the length of the longest common subsequence of the remaining lines. */
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

/** -1 beyond the end of either text, so that no line is taken from there. */
function lengthAt(table: number[][], at: number, to: number): number {
  return table[at]?.[to] ?? -1;
}
