import type { Group, Incoming } from "./incoming.ts";

/** Reports that can be written together: no key stands twice among them. */
export interface Wave {
  firing: Group[];
  resolved: Group[];
}

/**
 * Parts a batch so that each key's reports keep their order: wave n holds the n-th run of reports of a key
 * that say the same. Groups are sorted by key, the order in which every transaction locks.
 */
export function waves(batch: Incoming[]): Wave[] {
  const runs = new Map<string, Group[]>();
  for (const item of batch) {
    const key = item.key.toString("hex");
    const groups = runs.get(key) ?? [];
    const last = groups.at(-1);
    if (last?.items[0].report.says === item.report.says) last.items.push(item);
    else groups.push({ key, items: [item] });
    runs.set(key, groups);
  }
  const sorted = [...runs.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, groups]) => groups);
  const depth = Math.max(0, ...sorted.map((groups) => groups.length));
  return Array.from({ length: depth }, (_, n) => wave(sorted.flatMap((groups) => groups[n] ?? [])));
}

function wave(groups: Group[]): Wave {
  return {
    firing: groups.filter((group) => group.items[0].report.says === "firing"),
    resolved: groups.filter((group) => group.items[0].report.says === "resolved"),
  };
}
