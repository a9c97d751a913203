import { createHash } from "node:crypto";
import { type Actor, systemActor, type Via } from "../alert/alert.ts";
import type { Report, ResolvePolicy } from "../alert/report.ts";

/** The source of a report, as deduplication needs it. */
export interface ReportingSource {
  id: string;
  name: string;
  resolves: ResolvePolicy;
}

/** A report on its way in, with its key. */
export interface Incoming {
  source: ReportingSource;
  report: Report;
  key: Buffer;
  /** Its place among all that came in together. */
  arrival: number;
}

/** Reports of one key that say the same, in order. */
export interface Group {
  key: string;
  items: [Incoming, ...Incoming[]];
  /** Its repeats are suppressed for others only: it opens its alert. */
  unsuppressed?: true;
}

/** What became of a report. */
export type Taken =
  | { outcome: "opened" | "joined" | "resolved"; alertId: string; number: number }
  | { outcome: "ignored"; alertId?: string; number?: number };

/** Who reports; of Tocsin's own set-up Tocsin does. */
export function sourceActor(source: ReportingSource): Actor {
  if (source.id === ownSource.id) return systemActor;
  return { type: "source", id: source.id, name: source.name };
}

export function sourceVia(source: ReportingSource): Via {
  return source.id === ownSource.id ? "system" : "source";
}

const bytes = 16;

/**
 * What makes two reports the same thing (spec section 3): the tool's own name for its alert, else source,
 * detection and dedup string together.
 */
export function dedupKey(sourceId: string, report: Pick<Report, "identity" | "detectionId">): Buffer {
  const { identity } = report;
  const parts =
    identity.kind === "named"
      ? [sourceId, "named", identity.id]
      : [sourceId, "windowed", report.detectionId, identity.dedupString];
  // JSON keeps the parts apart: ["a", "bc"] and ["ab", "c"] are different.
  return createHash("sha256").update(JSON.stringify(parts)).digest().subarray(0, bytes);
}

/** Tocsin as the source of alerts about its own set-up: a row of `sources` that the migrations wrote. */
export const ownSource = {
  id: "00000000-0000-7000-8000-000000000001",
  name: "Tocsin",
  resolves: "always",
} as const;

/** Reports that can be written together: no key stands twice among them. */
interface Wave {
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
